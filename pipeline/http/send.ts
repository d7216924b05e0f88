// Sends a provider's HttpRequest through n8n's HTTP helper, again where that is safe, and answers what came back.
import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { unreadable } from '../../providers/answer';
import type { HttpAnswer, HttpRequest } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import type { Connection } from '../connection';
import type { PipelineContext } from '../context';
import { inWords, timeLeft, type Deadline } from '../deadline';
import { pause, throwIfCancelled } from '../pause';
import { failureIn, settle } from '../settle';
import { readAnswerBody } from './answerBody';
import { multipartBody } from './multipart';
import { toNetworkFailure } from './networkFailure';
import { redirected, redirectOf } from './redirects';
import { retryWait } from './retryPolicy';
import { isByteStream, type ByteStream } from './streams';
import { watchOver, type Watchdog } from './watchdog';

/** Without a deadline of its own, a request with a small answer ends after this time, whether it moves or not. */
const TOTAL_MILLISECONDS = 120_000;
/** A file or a picture takes as long as it takes, as long as something moves. */
const SILENCE_MILLISECONDS = 60_000;
/** A create may think a while before it answers. */
const CREATE_SILENCE_MILLISECONDS = 120_000;
/** How long the answer to a paid request is still awaited when the execution is cancelled. */
const GRACE_MILLISECONDS = 15_000;

export interface SendOptions {
	/** False where whoever sends will ask again anyway, or must answer soon. */
	retry?: boolean;
	/** The longest that one try may take, whether it moves or not. */
	timeoutMilliseconds?: number;
	/** The longest in which nothing of the answer may come, where it is to be less than usual. */
	silenceMilliseconds?: number;
	/** True for what is paid for: once on its way it isn't let go of when the execution is cancelled, for a while. */
	isPaid?: boolean;
	/** True where the answer comes only when the work is done: then no silence is too long. */
	isSlow?: boolean;
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
	const { signal, deadline, provider } = connection;
	for (let tried = 1; ; tried++) {
		throwIfCancelled(signal);
		if (timeLeft(deadline) === 0) throw tooLate(provider.name, deadline!);
		const outcome = await settle(followed(connection, request, options));
		// What a paid request was answered is never let go of.
		if (outcome.ok && options.isPaid) return { ...outcome.value, tries: tried };
		if (options.isPaid !== true) throwIfCancelled(signal);
		if (outcome.ok) return { ...outcome.value, tries: tried };
		const failure = failureIn(outcome.error);
		if (!failure || signal?.aborted) throw outcome.error;
		const wait =
			options.retry === false
				? undefined
				: retryWait(failure.details, request.repeatable, tried, Math.random());
		if (wait === undefined) throw failure;
		if (wait * 1000 >= timeLeft(deadline)) throw withoutTime(failure, deadline!);
		await pause(wait * 1000, signal);
	}
}

/** Follows redirects within the same origin, as far as that can't do anything twice. */
async function followed(
	connection: Connection,
	request: HttpRequest,
	options: SendOptions,
): Promise<HttpAnswer> {
	let { url, query } = request;
	for (let followedAlready = 0; ; followedAlready++) {
		const answer = await sendOnce(connection, { ...request, url, query }, options);
		const redirect = redirectOf(answer, url);
		if (!redirect) return accepted(connection, request, answer);
		const next = redirect.mayFollow(request, followedAlready);
		if (next === undefined) throw redirected(connection.provider.name, request, answer, redirect);
		[url, query] = [next, undefined];
	}
}

function accepted({ provider }: Connection, request: HttpRequest, answer: HttpAnswer): HttpAnswer {
	if (answer.status < 200 || answer.status > 299) throw provider.readFailure(answer);
	const isRead = request.answerForm !== 'none' && request.answerForm !== 'any';
	if (isRead && (typeof answer.body !== 'object' || answer.body === null)) {
		throw unreadable(answer, provider.name);
	}
	return answer;
}

async function sendOnce(
	connection: Connection,
	request: HttpRequest,
	options: SendOptions,
): Promise<HttpAnswer> {
	const watchdog = watchOver({
		total: Math.min(timeLeft(connection.deadline), totalOf(connection, request, options)),
		silence: silenceOf(request, options),
		cancelled: connection.signal,
		grace: options.isPaid ? GRACE_MILLISECONDS : 0,
	});
	const outcome = await settle(exchange(connection, request, watchdog));
	if (outcome.ok) {
		watchdog.stop();
		return outcome.value;
	}
	watchdog.abandon();
	throw outcome.error;
}

function totalOf({ deadline }: Connection, request: HttpRequest, options: SendOptions): number {
	if (options.timeoutMilliseconds !== undefined) return options.timeoutMilliseconds;
	const isLarge = request.form !== undefined || request.base64Fields !== undefined;
	return isLarge || deadline !== undefined ? Infinity : TOTAL_MILLISECONDS;
}

function silenceOf(
	request: HttpRequest,
	{ isSlow, isPaid, silenceMilliseconds }: SendOptions,
): number {
	if (silenceMilliseconds !== undefined) return silenceMilliseconds;
	if (isSlow) return Infinity;
	return isPaid || request.form ? CREATE_SILENCE_MILLISECONDS : SILENCE_MILLISECONDS;
}

/** One request and its answer, read to its end. */
async function exchange(
	connection: Connection,
	request: HttpRequest,
	watchdog: Watchdog,
): Promise<HttpAnswer> {
	const { context, credentialType, provider } = connection;
	// Made anew for every try: a stream can be read once only.
	const multipart =
		request.form && (await multipartBody(context, request.form, () => watchdog.moved()));
	const options: IHttpRequestOptions = {
		method: request.method,
		url: request.url,
		headers: { Accept: 'application/json', ...request.headers, ...multipart?.headers },
		qs: request.query,
		body: multipart?.body ?? request.json,
		encoding: 'stream',
		returnFullResponse: true,
		// The provider's error bodies are for us to read; n8n would replace them by its own words.
		ignoreHttpStatusErrors: true,
		// n8n would send a key that isn't in the Authorization header to whatever host the answer names.
		disableFollowRedirect: true,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout: 0,
		abortSignal: watchdog.signal,
	};
	const outcome = await settle<IN8nHttpFullResponse>(
		request.isUnsigned
			? context.helpers.httpRequest(options)
			: context.helpers.httpRequestWithAuthentication.call(
					endedBy(context, watchdog.signal),
					credentialType,
					options,
				),
	);
	if (!outcome.ok) throw toNetworkFailure(outcome.error, provider.name);
	watchdog.moved();
	const { statusCode, headers: given, body } = outcome.value;
	const headers = inLowerCase(given);
	const read = isByteStream(body)
		? await readStream(connection, request, body, headers['content-type'], watchdog)
		: { body };
	return { status: statusCode, headers, ...read, receivedAt: new Date() };
}

/** Reads the answer's stream and closes it, in any case. */
async function readStream(
	connection: Connection,
	request: HttpRequest,
	stream: ByteStream,
	contentType: string | undefined,
	watchdog: Watchdog,
) {
	// n8n's streams can't be closed while they wait for bytes: ending the request is what ends those.
	watchdog.onEnd((reason) => stream.destroy(reason));
	const incoming = { bytes: noticed(stream, watchdog), lender: stream };
	const read = await settle(readAnswerBody(connection, request, incoming, contentType));
	stream.destroy();
	if (read.ok) return read.value;
	throw failureIn(read.error) ?? toNetworkFailure(read.error, connection.provider.name);
}

async function* noticed(stream: ByteStream, watchdog: Watchdog): AsyncGenerator<Buffer> {
	for await (const chunk of stream) {
		watchdog.moved();
		yield chunk as Buffer;
	}
}

function inLowerCase(headers: IN8nHttpFullResponse['headers']): Record<string, string> {
	const entries = Object.entries(headers).map(([name, value]) => [
		name.toLowerCase(),
		String(value),
	]);
	return Object.fromEntries(entries) as Record<string, string>;
}

/** The context as n8n's helper for signed requests needs it: the signal that ends a request is taken from there only. */
function endedBy(context: PipelineContext, signal: AbortSignal): PipelineContext {
	const getExecutionCancelSignal = { value: () => signal };
	return Object.create(context, { getExecutionCancelSignal }) as PipelineContext;
}

/** The deadline came before the request could be sent. */
function tooLate(provider: string, deadline: Deadline): ImageFailure {
	return new ImageFailure({
		kind: 'timeLimit',
		message: `The Time Limit of ${inWords(deadline)} was over before ${provider} could be asked.`,
		advice: 'Set a longer Time Limit in the Options.',
		nothingSent: true,
	});
}

/** The failure of a request for whose next try no time is left. */
function withoutTime({ details }: ImageFailure, deadline: Deadline): ImageFailure {
	return new ImageFailure({
		...details,
		advice: `${details.advice} The Time Limit of ${inWords(deadline)} left no time to try again.`,
	});
}
