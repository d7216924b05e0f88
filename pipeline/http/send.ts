// Sends a provider's HttpRequest through n8n's HTTP helper, again where that is safe, and answers what came back.
import { unreadable } from '../../providers/answers/parseAnswer';
import type { HttpAnswer, HttpRequest } from '../../providers/contract';
import { ImageFailure } from '../../providers/failure';
import { steady } from '../clock';
import type { Connection } from '../connection';
import { throwIfCancelled } from '../context';
import { inWords, timeLeft, type Deadline } from '../deadline';
import { failureIn, resultOf } from '../result';
import { readAnswerBody } from '../answers/answerBody';
import { answerToWorkWith, answerWithoutSecrets } from '../secrets/answerSecrets';
import type { Redactor } from '../secrets/redactor';
import type { OpenFile } from './fileToSend';
import { hasFiles, jsonBodyWithFiles } from './jsonBody';
import { fileBody, multipartBody } from './multipart';
import { toNetworkFailure, toRequestFailure } from './networkFailure';
import { openRequest, type Opened, type Opening } from './openRequest';
import { redirected, redirectOf } from './redirects';
import { resumedBytes } from './resumedStream';
import { mayHaveStarted, retryWait } from './retryPolicy';

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
	const clock = steady(connection.clock);
	return await untilAnswered({ ...connection, clock }, request, options);
}

async function untilAnswered(
	connection: Connection,
	request: HttpRequest,
	options: SendOptions,
): Promise<HttpAnswer> {
	const { clock, signal, deadline, provider } = connection;
	let failure: ImageFailure | undefined;
	/** That of a try of which nobody knows what it has done: what a later one is told says nothing of it. */
	let doubtful: ImageFailure | undefined;
	for (let tried = 1; ; tried++) {
		throwIfCancelled(signal);
		if (timeLeft(deadline, clock.now()) === 0) {
			// A pause can last longer than was planned: what the try before it came to is what counts.
			throw failure ? withoutTime(failure, deadline!) : tooLate(provider.name, deadline!);
		}
		const outcome = await resultOf(followed(connection, request, options));
		// What a paid request was answered is never let go of.
		if (options.isPaid !== true) throwIfCancelled(signal);
		if (outcome.ok) return { ...outcome.value, tries: tried };
		failure = failureIn(outcome.error);
		if (!failure || signal?.aborted) throw outcome.error;
		if (mayHaveStarted(failure.details)) doubtful = failure;
		const wait =
			options.retry === false
				? undefined
				: retryWait(failure.details, request.idempotent, tried, clock.chance());
		if (doubtful && failure.details.nothingSent) failure = doubtful;
		else if (doubtful && options.isPaid) failure = refusedLater(doubtful, failure);
		if (wait === undefined) throw failure;
		if (wait * 1000 >= timeLeft(deadline, clock.now())) throw withoutTime(failure, deadline!);
		await clock.pause(wait * 1000, signal);
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
		const { provider, redact } = connection;
		const redirect = redirectOf(answer, url, redact.text);
		if (!redirect) return accepted(connection, request, answer);
		const next = redirect.mayFollow(request, followedAlready);
		if (next === undefined) {
			throw redirected(provider.name, request, asError(redact, answer), redirect);
		}
		[url, query] = [next, undefined];
	}
}

function accepted(connection: Connection, request: HttpRequest, came: HttpAnswer): HttpAnswer {
	const { provider, redact } = connection;
	// Once and for all readers: what they take out of it is cut, and half a secret is found by nobody.
	const answer = answerToWorkWith(came, redact.long);
	if (request.isAnswer?.(answer)) return answer;
	if (answer.status < 200 || answer.status > 299)
		throw provider.readFailure(asError(redact, answer));
	const isRead = request.responseType !== 'none' && request.responseType !== 'any';
	const isWhole = typeof answer.body === 'object' && answer.body !== null;
	if (isRead && !isWhole && !request.isUsable?.(answer.body)) {
		throw unreadable(asError(redact, answer), provider.name);
	}
	return answer;
}

/** Of what is only told, the short secrets go, too: nothing in it leads to a picture or a task. */
function asError(redact: Redactor, answer: HttpAnswer): HttpAnswer {
	return answerWithoutSecrets(answer, redact.text);
}

/** One request and its answer, read to its end. */
async function sendOnce(
	connection: Connection,
	request: HttpRequest,
	options: SendOptions,
): Promise<HttpAnswer> {
	const { clock, provider, signal } = connection;
	const opened = await openOrFail(connection, request, options, {});
	const { status, headers, lender } = opened;
	const bytes = mayResume(request, status)
		? resumedBytes(opened, {
				reopen: async (range) => await openOrFail(connection, request, options, range),
				pause: async (milliseconds) => await clock.pause(milliseconds, signal),
			})
		: opened.bytes;
	const read = await resultOf(
		readAnswerBody(
			connection.pictures,
			request,
			{ bytes: told(bytes, provider.name), lender },
			headers['content-type'],
		),
	);
	opened.close();
	if (!read.ok) throw failureIn(read.error) ?? toNetworkFailure(read.error, provider.name);
	return {
		status,
		headers,
		...read.value,
		receivedAt: new Date(clock.now()),
		...(request.namesModel && { namesModel: true }),
	};
}

/** What breaks the bytes off, in our own words. */
async function* told(bytes: AsyncGenerator<Buffer>, provider: string): AsyncGenerator<Buffer> {
	for (;;) {
		const next = await resultOf(bytes.next());
		if (!next.ok) throw failureIn(next.error) ?? toNetworkFailure(next.error, provider);
		if (next.value.done) return;
		yield next.value.value;
	}
}

async function openOrFail(
	connection: Connection,
	request: HttpRequest,
	options: SendOptions,
	moreHeaders: Record<string, string>,
): Promise<Opened> {
	const { clock, credentialType, provider, deadline, signal } = connection;
	const { method, url, headers, query, json } = request;
	const stream = bodyWithFiles(connection.openFile, request);
	const opened = await resultOf(
		openRequest(
			connection,
			{
				method,
				url,
				headers: { Accept: 'application/json', ...headers, ...moreHeaders },
				query,
				...(stream ? { stream } : { json }),
				credentialType: request.isUnsigned ? undefined : credentialType,
				maxRedirects: 0,
			},
			{
				total: Math.min(timeLeft(deadline, clock.now()), totalOf(connection, request, options)),
				silence: silenceOf(request, options),
				cancelled: signal,
				grace: options.isPaid ? GRACE_MILLISECONDS : 0,
			},
		),
	);
	if (opened.ok) return opened.value;
	throw failureIn(opened.error) ?? toRequestFailure(opened.error, provider.name);
}

/** A file of many pictures may be large; other answers are asked for anew, as they may have changed. */
function mayResume({ method, responseType }: HttpRequest, status: number): boolean {
	return method === 'GET' && responseType === 'lines' && status === 200;
}

function totalOf({ deadline }: Connection, request: HttpRequest, options: SendOptions): number {
	if (options.timeoutMilliseconds !== undefined) return options.timeoutMilliseconds;
	const { base64Fields, responseType } = request;
	const isLarge = sendsFile(request) || base64Fields !== undefined || responseType === 'lines';
	return isLarge || deadline !== undefined ? Infinity : TOTAL_MILLISECONDS;
}

function silenceOf(
	request: HttpRequest,
	{ isSlow, isPaid, silenceMilliseconds }: SendOptions,
): number {
	if (silenceMilliseconds !== undefined) return silenceMilliseconds;
	if (isSlow) return Infinity;
	return isPaid || sendsFile(request) ? CREATE_SILENCE_MILLISECONDS : SILENCE_MILLISECONDS;
}

function sendsFile({ form, file, json }: HttpRequest): boolean {
	return form !== undefined || file !== undefined || (json !== undefined && hasFiles(json));
}

/** To be called for every try: a stream can be read once only. */
function bodyWithFiles(openFile: OpenFile, request: HttpRequest): Opening['stream'] {
	const { form, file, json } = request;
	if (form) return async (onBytes) => await multipartBody(openFile, form, onBytes);
	if (file) return async (onBytes) => await fileBody(openFile, file, onBytes);
	if (!json || !sendsFile(request)) return undefined;
	return async (onBytes) => await jsonBodyWithFiles(openFile, json, onBytes);
}

/**
 * The failure of a paid request that one try may have done, and a later one was refused. An answer that tells of the
 * first one, or leaves as much open, stands as it is.
 */
function refusedLater(doubtful: ImageFailure, later: ImageFailure): ImageFailure {
	const { keyTaken, message } = later.details;
	if (keyTaken || mayHaveStarted(later.details)) return later;
	const { details } = doubtful;
	return new ImageFailure({ ...details, message: `${details.message} Asked again: ${message}` });
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
