// How every credential signs a request, and where its test goes.
import type { ICredentialDataDecryptedObject, ICredentialType } from 'n8n-workflow';

import { badInput } from '../../providers/failure';
import { checkOwnPrices } from '../../providers/ownPrices';
import { meantKey, readHeaderValue, readKey } from '../../providers/requests/apiKey';
import { joinUrl } from '../../providers/requests/url';
import { trimmedEnd } from '../../providers/trimmed';

type Values = ICredentialDataDecryptedObject;

/**
 * Signs with these headers. A credential's test names its base URL as the person wrote it: it is joined here, by the same
 * rules as the node's requests, so that a test can't pass with an address that the node doesn't work with, be it of one of
 * the other servers, by field and name. Nor does it with own prices that the node couldn't read.
 */
export function signedWith(
	headersOf: (values: Values) => Record<string, string>,
	join: (baseUrl: string, path: string) => string,
	otherServers: Readonly<Record<string, string>> = {},
): NonNullable<ICredentialType['authenticate']> {
	return async (values, { baseURL, ...request }) => {
		const isTest = baseURL !== undefined;
		if (isTest) {
			checkOwnPrices(textOf(values.ownPrices));
			for (const [field, name] of Object.entries(otherServers)) {
				// Missing where a program has made the credential: n8n then takes the field's default.
				if (values[field] !== undefined) joinUrl(textOf(values[field]), '', name);
			}
		}
		return {
			...request,
			...(isTest && { url: join(textOf(baseURL), request.url) }),
			headers: { ...request.headers, ...headersOf(values) },
		};
	};
}

/** The key in this header, as `written` puts it there. */
export function keyIn(header: string, written = (key: string) => key) {
	return ({ apiKey }: Values) => ({ [header]: written(readKey(textOf(apiKey))) });
}

export const bearer = keyIn('Authorization', (key) => `Bearer ${key}`);

/** A header that must be missing when its field is empty. */
export function optionalHeader(
	name: string,
	value: unknown,
	field: string,
): Record<string, string> {
	const text = textOf(value);
	return meantKey(text) === '' ? {} : { [name]: readKey(text, field) };
}

/** What a header may be called. */
const HEADER_NAME = /^[!#$%&'*+.^`|~\w-]+$/;

/** The header that a gateway wants beside the key. One called Authorization takes the place of the key's. */
export function customHeader({ header, headerName, headerSecret }: Values): Record<string, string> {
	if (header !== true) return {};
	const name = trimmedEnd(textOf(headerName).trim(), /[\s:]/);
	if (!HEADER_NAME.test(name)) {
		throw badInput(
			name === ''
				? 'The Header Name is empty: enter it in the credential.'
				: 'The Header Name is none that can be sent: write it with letters, digits and hyphens only.',
			'Open the credential and correct it, or switch the custom header off.',
		);
	}
	const sent = /^authorization$/i.test(name) ? 'Authorization' : name;
	return { [sent]: readHeaderValue(textOf(headerSecret), 'Header Value') };
}

/** A credential's field may hold an expression, which can bring anything. */
function textOf(value: unknown): string {
	return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
