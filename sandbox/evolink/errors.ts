// EvoLink's error shapes: that of the API, and that of its files host.
import type { Answer } from '../http/answer';
import { refusalOf, type EvoLinkErrorDetails } from './refusals';

/** The files host has a shape of its own. */
export type Host = 'api' | 'files';

const kinds: Record<number, { code: string; type: string; message: string }> = {
	400: { code: 'invalid_parameter', type: 'invalid_request_error', message: 'Invalid request.' },
	401: {
		code: 'invalid_api_key',
		type: 'authentication_error',
		message: 'The API key is not valid.',
	},
	402: {
		code: 'insufficient_user_quota',
		type: 'insufficient_quota',
		message: 'The balance does not cover this request.',
	},
	403: { code: 'access_denied', type: 'permission_error', message: 'This key may not do that.' },
	404: { code: 'not_found', type: 'not_found_error', message: 'There is nothing at this address.' },
	409: {
		code: 'conflict',
		type: 'invalid_request_error',
		message: 'Another request is in the way of this one.',
	},
	410: { code: 'link_expired', type: 'not_found_error', message: 'The link has expired.' },
	413: {
		code: 'request_too_large',
		type: 'request_too_large_error',
		message: 'The request is too large.',
	},
	415: {
		code: 'unsupported_media_type',
		type: 'invalid_request_error',
		message: 'Unsupported Content-Type.',
	},
	429: {
		code: 'rate_limit_exceeded',
		type: 'rate_limit_error',
		message: 'Too many requests, slow down.',
	},
	500: { code: 'internal_error', type: 'api_error', message: 'An internal error occurred.' },
	502: { code: 'bad_gateway', type: 'api_error', message: 'The upstream service failed.' },
	503: { code: 'service_unavailable', type: 'api_error', message: 'The service is overloaded.' },
};

function kindOf(status: number) {
	return kinds[status] ?? kinds[status < 500 ? 400 : 500] ?? { code: '', type: '', message: '' };
}

export class EvoLinkError extends Error {
	constructor(
		readonly status: number,
		message?: string,
		readonly details: EvoLinkErrorDetails = {},
	) {
		super(message ?? kindOf(status).message);
	}
}

/** The error that a fault asks for: one that EvoLink's clients know by its code, with all that belongs to it. */
export function toldError(status: number, code: string | undefined): EvoLinkError {
	if (code === undefined) return new EvoLinkError(status);
	const { message, ...details } = refusalOf(code);
	return new EvoLinkError(status, message, { ...details, code });
}

export function errorAnswer({ status, message, details }: EvoLinkError, host: Host): Answer {
	if (host === 'files') {
		return { status, body: { success: false, code: details.filesCode ?? status, msg: message } };
	}
	const { param, suggestion, fallbackSuggestion, more } = details;
	return {
		status,
		body: {
			error: {
				code: details.code ?? kindOf(status).code,
				message,
				type: details.type ?? kindOf(status).type,
				...(param !== undefined && { param }),
				...(suggestion !== undefined && { suggestion }),
				...(fallbackSuggestion !== undefined && { fallback_suggestion: fallbackSuggestion }),
				...more,
			},
		},
	};
}
