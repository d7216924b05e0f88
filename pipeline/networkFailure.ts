// Tells apart why no answer came, from the error that n8n's HTTP helper throws.
import { ImageFailure } from '../providers/failure';

/** Codes that mean the request never left, so nothing can have been made or charged. */
const NEVER_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
]);
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/** Makes a failure of an error without an answer. n8n may have wrapped the original in its own error. */
export function toNetworkFailure(error: unknown, provider: string): ImageFailure {
	const code = codeOf(error);
	const nothingSent = code !== undefined && NEVER_SENT.has(code);
	return new ImageFailure({
		kind: 'network',
		message: `${provider} ${reasonOf(code)}.`,
		advice: nothingSent
			? "Check the Base URL in the credential and this server's internet connection. Nothing was sent and nothing was charged."
			: "Check this server's internet connection and try again.",
		code,
		nothingSent,
	});
}

function reasonOf(code: string | undefined): string {
	if (code === 'ECONNREFUSED') return 'refused the connection';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'could not be found under its address';
	if (code !== undefined && TIMED_OUT.has(code)) return 'took too long to answer';
	return 'broke off the connection';
}

function codeOf(error: unknown, depth = 0): string | undefined {
	if (typeof error !== 'object' || error === null || depth > 3) return undefined;
	const { code, cause } = error as { code?: unknown; cause?: unknown };
	return typeof code === 'string' ? code : codeOf(cause, depth + 1);
}
