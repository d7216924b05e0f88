// How every credential signs a request, and where its test goes.
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

import { meantKey, readKey } from '../../providers/apiKey';

type Values = ICredentialDataDecryptedObject;

/**
 * Signs with these headers. A credential's test names its base URL as the person wrote it: it is joined here, by the same
 * rules as the node's requests, so that a test can't pass with an address that the node doesn't work with.
 */
export function signedWith(
	headersOf: (values: Values) => Record<string, string>,
	join: (baseUrl: string, path: string) => string,
): NonNullable<ICredentialType['authenticate']> {
	return async (values, { baseURL, ...request }) => ({
		...request,
		...(baseURL !== undefined && { url: join(textOf(baseURL), request.url) }),
		headers: { ...request.headers, ...headersOf(values) },
	});
}

export function bearer({ apiKey }: Values): Record<string, string> {
	return { Authorization: `Bearer ${readKey(textOf(apiKey))}` };
}

/** A header that must be missing when its field is empty. */
export function optionalHeader(
	name: string,
	value: unknown,
	field: string,
): Record<string, string> {
	const text = textOf(value);
	return meantKey(text) === '' ? {} : { [name]: readKey(text, field) };
}

/** A credential's field may hold an expression, which can bring anything. */
export function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
