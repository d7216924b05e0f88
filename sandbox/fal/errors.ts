// fal's refusals: "detail" as a list from a model, as text from the platform, and the other shape of api.fal.ai.
import type { Answer } from '../http/answer';

/** One entry of a list under "detail". */
export interface Problem {
	loc: Array<string | number>;
	msg: string;
	type: string;
	ctx?: Record<string, unknown>;
	input?: unknown;
}

export const MISSING_KEY = 'Authentication is required to access this application.';
export const WRONG_KEY = 'No user found for Key ID and Secret';
export const LOCKED =
	'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.';

/** For a code that a fault names in place of the usual one. */
const BALANCE_CODE = 'balance';

const DOCS = 'https://docs.fal.ai/errors/';

export class FalError extends Error {
	readonly status: number;

	readonly detail: string | Problem[];

	/** What the header x-fal-error-type says. */
	readonly type?: string;

	readonly headers: Record<string, string>;

	constructor(
		status: number,
		detail: string | Problem[],
		more: { type?: string; headers?: Record<string, string> } = {},
	) {
		super(typeof detail === 'string' ? detail : detail.map(({ msg }) => msg).join(' '));
		this.status = status;
		this.detail = detail;
		this.type = more.type;
		this.headers = more.headers ?? {};
	}
}

export function problem(
	loc: Problem['loc'],
	type: string,
	msg: string,
	more: Pick<Problem, 'ctx' | 'input'> = {},
): Problem {
	return { loc, msg, type, ...more };
}

export function errorAnswer({ status, detail, type, headers }: FalError): Answer {
	const list = typeof detail === 'string' ? undefined : detail;
	const kind = type ?? list?.[0]?.type;
	return {
		status,
		headers: { ...headers, ...(kind !== undefined && { 'x-fal-error-type': kind }) },
		body: {
			detail: list?.map((each) => ({ url: `${DOCS}#${each.type}`, ...each })) ?? detail,
			...(type !== undefined && !list && { error_type: type }),
		},
	};
}

const API_TYPES: Record<number, string> = {
	400: 'validation_error',
	401: 'authorization_error',
	403: 'authorization_error',
	404: 'not_found',
	422: 'validation_error',
	429: 'rate_limited',
};

/** The shape of api.fal.ai, which has no "detail". */
export function apiErrorAnswer({ status, message }: FalError, requestId: string): Answer {
	const type = API_TYPES[status] ?? 'server_error';
	return {
		status,
		body: { error: { type, message, docs_url: `${DOCS}#${type}`, request_id: requestId } },
	};
}

const PLATFORM: Record<number, readonly [string, string?]> = {
	400: ['The request is not valid.', 'bad_request'],
	401: [WRONG_KEY],
	403: ['This key may not do that.'],
	404: ['The application does not exist.'],
	405: ['Method Not Allowed'],
	408: ['The request took too long.', 'request_timeout'],
	409: ['The request conflicts with another one.'],
	413: ['The request is too large.'],
	429: ['Too many requests.', 'rate_limit'],
	499: ['The request was cancelled by the client.', 'client_cancelled'],
	500: ['Internal server error', 'internal_server_error'],
	502: ['The runner answered only in part.', 'runner_incomplete_response'],
	503: ['The runner could not be reached.', 'runner_connection_error'],
	504: ['The generation took too long.', 'generation_timeout'],
};

/** What the platform says with a status, or with a type that a fault names. */
export function platformError(status: number, code?: string): FalError {
	if (status === 403 && code === BALANCE_CODE) return new FalError(403, LOCKED);
	if (status === 422) {
		const type = code ?? 'value_error';
		return new FalError(422, [problem(['body', 'prompt'], type, 'The input is not valid.')]);
	}
	const [message, type] = PLATFORM[status] ?? [
		status < 500 ? 'The request is not valid.' : 'Internal server error',
	];
	return new FalError(status, message, { type: code ?? type });
}
