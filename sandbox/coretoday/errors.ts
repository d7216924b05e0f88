// Core.Today's refusals, in whichever of the possible shapes a key is told to get.
import type { Answer } from '../http/answer';
import type { ErrorShape } from './faults';

const messages: Record<number, string> = {
	400: 'The request is not valid.',
	401: 'The API key is missing or not valid.',
	402: 'Not enough credits.',
	403: 'This key may not do that.',
	404: 'There is nothing at this address.',
	410: 'The link has expired.',
	413: 'The request is too large.',
	415: 'The Content-Type is not supported.',
	429: 'Too many requests, slow down.',
	500: 'An internal error occurred.',
	502: 'The upstream service failed.',
	503: 'The service is overloaded.',
};

export class CoreTodayError extends Error {
	constructor(
		readonly status: number,
		message?: string,
	) {
		super(message ?? messages[status] ?? messages[status < 500 ? 400 : 500]);
	}
}

export function errorBody(text: string, shape: ErrorShape = 'nested'): Record<string, unknown> {
	switch (shape) {
		case 'nested':
			return { error: { message: text } };
		case 'error':
			return { error: text };
		case 'detail':
			return { detail: text };
		case 'message':
			return { message: text };
	}
}

export function errorAnswer(error: CoreTodayError, shape: ErrorShape | undefined): Answer {
	return { status: error.status, body: errorBody(error.message, shape) };
}
