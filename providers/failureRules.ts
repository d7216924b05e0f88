// Names what went wrong in an error answer, by a provider's table of rules.
import { excerptOf, isWebPage, requestIdOf, retryAfterOf, shouldRetryOf } from './answer';
import type { HttpAnswer } from './contract';
import { ImageFailure, type FailureKind } from './failure';

/** What is left out fits anything. */
export interface FailureRule {
	kind: FailureKind;
	status?: number;
	code?: RegExp;
	message?: RegExp;
	advice: string;
}

/** An error as the provider's answer told it, where it could be read. */
export interface ProviderError {
	code?: string | null;
	message?: string | null;
	/** The setting that the error is about. */
	param?: string | null;
}

/** The first rule that fits decides on kind and advice. Without one, the status does. */
export function failureByRules(
	provider: string,
	rules: readonly FailureRule[],
	answer: HttpAnswer,
	error: ProviderError | undefined,
): ImageFailure {
	const rule = rules.find(
		({ status, code, message }) =>
			(status === undefined || status === answer.status) &&
			(code === undefined || code.test(error?.code ?? '')) &&
			(message === undefined || message.test(error?.message ?? '')),
	);
	return new ImageFailure({
		kind: rule?.kind ?? (answer.status >= 500 ? 'providerDown' : 'badRequest'),
		message: messageOf(provider, answer, error),
		advice: rule?.advice ?? adviceWithoutRule(answer.status),
		status: answer.status,
		code: error?.code ?? undefined,
		requestId: requestIdOf(answer),
		retryAfterSeconds: retryAfterOf(answer),
		shouldRetry: shouldRetryOf(answer),
		excerpt: error ? undefined : excerptOf(answer.body),
	});
}

function messageOf(provider: string, answer: HttpAnswer, error?: ProviderError): string {
	if (error?.message) {
		const { message, param } = error;
		const named = param && !message.includes(param) ? ` (setting: ${param})` : '';
		return `${provider}: ${message}${named}`;
	}
	const what = isWebPage(answer.body) ? 'a web page instead of data' : 'an error without a message';
	return `${provider} answered with ${what} (HTTP ${answer.status}).`;
}

function adviceWithoutRule(status: number): string {
	return status >= 500
		? 'The service is disturbed. Try again in a few minutes.'
		: 'Check the settings and the Base URL in the credential.';
}
