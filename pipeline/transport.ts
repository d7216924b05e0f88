// Sends a provider's HttpRequest through n8n's HTTP helper, again where that is safe, and answers what came back.
import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { unreadable } from '../providers/answer';
import type { HttpAnswer, HttpRequest } from '../providers/contract';
import { readEvents, type EventAnswer } from './answerEvents';
import { readBodyWithImages } from './answerImages';
import type { Connection } from './connection';
import type { PipelineContext } from './context';
import { multipartBody } from './multipart';
import { toNetworkFailure } from './networkFailure';
import { pause, throwIfCancelled } from './pause';
import { retryWait } from './retryPolicy';
import { failureIn, settle } from './settle';
import { endOf, isByteStream, withinTime, type TimeLimit } from './streams';

const ANSWER_TIMEOUT_MILLISECONDS = 120_000;
const UPLOAD_TIMEOUT_MILLISECONDS = 600_000;

export interface SendOptions {
	/** False where waiting is worse than failing, as in a webhook that must answer soon. */
	retry?: boolean;
	timeoutMilliseconds?: number;
}

/**
 * Sends a request and answers the provider's JSON.
 * Throws an ImageFailure: what the provider refused, what could not be read, or why no answer came.
 */
export async function send(
	connection: Connection,
	request: HttpRequest,
	options: SendOptions = {},
): Promise<HttpAnswer> {
	for (let tried = 1; ; tried++) {
		throwIfCancelled(connection.signal);
		const outcome = await settle(sendOnce(connection, request, options));
		throwIfCancelled(connection.signal);
		if (outcome.ok) return outcome.value;
		const failure = failureIn(outcome.error);
		if (!failure) throw outcome.error;
		const wait =
			options.retry === false
				? undefined
				: retryWait(failure.details, request.repeatable, tried, Math.random());
		if (wait === undefined) throw failure;
		await pause(wait * 1000, connection.signal);
	}
}

async function sendOnce(
	connection: Connection,
	request: HttpRequest,
	{ timeoutMilliseconds }: SendOptions,
): Promise<HttpAnswer> {
	const { context, credentialType, provider, signal } = connection;
	// Made anew for every try: a stream can be read once only.
	const multipart = request.form && (await multipartBody(context, request.form));
	const limit: TimeLimit = {
		milliseconds:
			timeoutMilliseconds ??
			(multipart ? UPLOAD_TIMEOUT_MILLISECONDS : ANSWER_TIMEOUT_MILLISECONDS),
		request: new AbortController(),
	};
	const abortSignal = endOf(limit.request, signal);
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		headers: { Accept: 'application/json', ...request.headers, ...multipart?.headers },
		qs: request.query,
		body: multipart?.body ?? request.json,
		encoding: request.base64Fields ? 'stream' : undefined,
		timeout: limit.milliseconds,
		returnFullResponse: true,
		// The provider's error bodies are for us to read; n8n would replace them by its own words.
		ignoreHttpStatusErrors: true,
		sendCredentialsOnCrossOriginRedirect: false,
		// Following a redirect would need the whole upload in memory.
		disableFollowRedirect: multipart !== undefined,
		abortSignal,
	};
	const outcome = await settle<IN8nHttpFullResponse>(
		request.isUnsigned
			? context.helpers.httpRequest(options)
			: context.helpers.httpRequestWithAuthentication.call(
					endedBy(context, abortSignal),
					credentialType,
					options,
				),
	);
	if (!outcome.ok) throw toNetworkFailure(outcome.error, provider.name);
	const answer = await toAnswer(connection, request, outcome.value, limit);
	if (answer.status < 200 || answer.status > 299) throw provider.readFailure(answer);
	const isRead = request.answerForm !== 'none' && request.answerForm !== 'any';
	if (isRead && (typeof answer.body !== 'object' || answer.body === null)) {
		throw unreadable(answer, provider.name);
	}
	return answer;
}

async function toAnswer(
	connection: Connection,
	request: HttpRequest,
	{ statusCode, headers: given, body }: IN8nHttpFullResponse,
	limit: TimeLimit,
): Promise<HttpAnswer> {
	const inLowerCase = Object.entries(given).map(([name, value]) => [
		name.toLowerCase(),
		String(value),
	]);
	const headers = Object.fromEntries(inLowerCase) as Record<string, string>;
	return {
		status: statusCode,
		headers,
		...(await readBody(connection, request, body, headers['content-type'], limit)),
		receivedAt: new Date(),
	};
}

async function readBody(
	connection: Connection,
	request: HttpRequest,
	body: unknown,
	contentType: string | undefined,
	limit: TimeLimit,
): Promise<EventAnswer> {
	if (!request.base64Fields || !isByteStream(body)) return { body };
	return await withinTime(body, limit, async () =>
		request.answerForm === 'events'
			? await readEvents(connection, request, body, contentType)
			: { body: await readBodyWithImages(connection, request, body) },
	);
}

/** The context as n8n's helper for signed requests needs it: the signal that ends a request is taken from there only. */
function endedBy(context: PipelineContext, signal: AbortSignal): PipelineContext {
	const getExecutionCancelSignal = { value: () => signal };
	return Object.create(context, { getExecutionCancelSignal }) as PipelineContext;
}
