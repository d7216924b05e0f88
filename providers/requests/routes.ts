// Requests to a provider's routes. A POST is taken as one that may charge, unless its provider says otherwise.
import type { HttpRequest } from '../contract';
import { joinUrl, joinVersioned } from './url';

/** Below a base URL as a person has entered it. `field` is its name in the credential. */
export function routesAt(baseUrl: string, field?: string) {
	return routesBy((path) => joinUrl(baseUrl, path, field));
}

/** The same with `/v1` before each path, where the base URL doesn't say where the interface begins. */
export function versionedRoutesAt(baseUrl: string) {
	return routesBy((path) => joinVersioned(baseUrl, path));
}

/** `addressOf` makes a whole address of a path. */
function routesBy(addressOf: (path: string) => string) {
	return {
		get: (path: string, query?: HttpRequest['query']): HttpRequest => ({
			method: 'GET',
			url: addressOf(path),
			query,
			idempotent: true,
		}),
		post: (
			path: string,
			json?: HttpRequest['json'],
			query?: HttpRequest['query'],
		): HttpRequest => ({
			method: 'POST',
			url: addressOf(path),
			query,
			json,
			idempotent: false,
		}),
		put: (path: string): HttpRequest => ({
			method: 'PUT',
			url: addressOf(path),
			idempotent: true,
		}),
		delete: (path: string): HttpRequest => ({
			method: 'DELETE',
			url: addressOf(path),
			idempotent: true,
		}),
	};
}

/** A file to where a first answer has told to send it: the storage itself knows no key. */
export function toStorage(
	method: 'POST' | 'PUT',
	url: string,
	body: Pick<HttpRequest, 'file' | 'form'>,
): HttpRequest {
	return { method, url, ...body, isUnsigned: true, responseType: 'none', idempotent: true };
}
