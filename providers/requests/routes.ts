// Requests to a provider's routes. A POST is taken as one that may charge, unless its provider says otherwise.
import type { HttpRequest } from '../contract';

/** `addressOf` makes a whole address of a path. */
export function routesAt(addressOf: (path: string) => string) {
	return {
		get: (path: string, query?: HttpRequest['query']): HttpRequest => ({
			method: 'GET',
			url: addressOf(path),
			query,
			idempotent: true,
		}),
		post: (path: string, json?: HttpRequest['json']): HttpRequest => ({
			method: 'POST',
			url: addressOf(path),
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
