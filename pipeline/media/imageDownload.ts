// Fetches one finished picture from its link into n8n's binary store, streamed. A transfer that breaks off goes on where
// it stopped, and what arrives damaged is fetched again, until the deadline.
import { retryAfterOf } from '../../providers/answers/parseAnswer';
import type { HttpAnswer } from '../../providers/contract';
import { downloadFailure, ImageFailure } from '../../providers/failure';
import type { Connection } from '../connection';
import { throwIfCancelled } from '../context';
import { inWords, timeLeft, type Deadline } from '../deadline';
import { inSentence } from '../http/networkFailure';
import { networkTrouble, type NetworkTrouble } from '../http/networkTrouble';
import { openRequest, type Opened } from '../http/openRequest';
import { resumedBytes } from '../http/resumedStream';
import { watchOver } from '../http/watchdog';
import { failureIn, resultOf } from '../result';
import { patienceWithLink } from './downloadRetry';
import {
	MAX_BYTES,
	storeImage,
	tooLarge,
	type HideSecrets,
	type StoredImage,
} from './store/storedImage';

/** Where there is no deadline, as in a trigger. */
const TOTAL_MILLISECONDS = 300_000;
/** A picture that was finished just in time is still fetched. */
const SHORTEST_MILLISECONDS = 3_000;
const MAX_REDIRECTS = 5;
/** These come in the middle of a transfer, and it was tried several times. */
const BROKEN_OFF = new Set<NetworkTrouble['kind']>(['brokenOff', 'tooLong']);
/** As follow-redirects and n8n say it. */
const ENDLESS_REDIRECTS = /^Maximum number of redirects/;
const EXCERPT_CHARACTERS = 100;
const FETCH_LATER =
	"Check this server's internet connection, then fetch the picture with Task: Get and this task ID.";

/** Of an address that n8n's guard against requests into its own network refuses. */
export const HOW_TO_ALLOW =
	'Only if you know this address: ask whoever runs this n8n to allow it, with N8N_SSRF_ALLOWED_HOSTNAMES or N8N_SSRF_ALLOWED_IP_RANGES.';

/** How the message of one begins that got no answer. */
export const NOT_FETCHED = /^The picture could not be fetched: /;

/** As much of a connection as a download needs: no credential goes along. */
export type Downloader = Pick<Connection, 'context' | 'clock' | 'signal' | 'deadline' | 'redact'>;

export interface DownloadOptions {
	url: string;
	/** File name without its ending: the ending follows from the first bytes. */
	fileName: string;
	/** How long links work, in words, for the message about a dead one. */
	linkLifetime: string;
}

/** What a download keeps to. */
export interface DownloadLimits {
	maxBytes: number;
	/** A transfer that doesn't move for so long is broken off, and goes on with a new request. */
	silenceMilliseconds: number;
}

const LIMITS: DownloadLimits = { maxBytes: MAX_BYTES, silenceMilliseconds: 30_000 };

/** One download with all its tries. */
interface Attempt extends DownloadOptions {
	context: Downloader['context'];
	clock: Downloader['clock'];
	hide: HideSecrets;
	limits: DownloadLimits;
	/** Milliseconds since 1970. */
	endsAt: number;
	/** Aborted when it must end. */
	ended: AbortSignal;
}

/**
 * Downloads a picture. Throws a `download` failure, or a `timeLimit` one when the deadline came first; the picture still
 * lies at its link.
 */
export async function downloadImage(
	{ context, clock, signal, deadline, redact: { text: hide } }: Downloader,
	options: DownloadOptions,
	limits: DownloadLimits = LIMITS,
): Promise<StoredImage> {
	if (!isWebAddress(options.url)) throw noAddress(options.url, hide);
	const total =
		deadline === undefined
			? TOTAL_MILLISECONDS
			: Math.max(timeLeft(deadline, clock.now()), SHORTEST_MILLISECONDS);
	const watchdog = watchOver(clock, { total, silence: Infinity, cancelled: signal, grace: 0 });
	const endsAt = clock.now() + total;
	const attempt = { ...options, context, clock, hide, limits, endsAt, ended: watchdog.signal };
	const outcome = await resultOf(untilItArrives(attempt));
	watchdog.stop();
	if (outcome.ok) return outcome.value;
	throwIfCancelled(signal);
	throw watchdog.signal.aborted || clock.now() >= endsAt ? tooLate(deadline) : outcome.error;
}

/** Whether it is an address that can be fetched from: a path, or a picture written into an address, is none. */
export function isWebAddress(url: string): boolean {
	return /^https?:\/\//i.test(url) && URL.canParse(url);
}

async function untilItArrives(attempt: Attempt): Promise<StoredImage> {
	const { clock } = attempt;
	const nextTry = patienceWithLink();
	for (;;) {
		throwIfCancelled(attempt.ended);
		const outcome = await resultOf(downloadOnce(attempt));
		if (outcome.ok) return outcome.value;
		const failure = failureIn(outcome.error) ?? notFetched(outcome.error);
		const wait = nextTry(failure.details);
		if (wait === undefined || wait > attempt.endsAt - clock.now()) throw failure;
		await clock.pause(wait, attempt.ended);
	}
}

async function downloadOnce(attempt: Attempt): Promise<StoredImage> {
	const { context, clock, hide, fileName, limits, ended } = attempt;
	const opened = await open(attempt, {});
	const { lender } = opened;
	const bytes = resumedBytes(opened, {
		reopen: async (range) => await open(attempt, range),
		pause: async (milliseconds) => await clock.pause(milliseconds, ended),
	});
	const refusal = refusalOf(opened, attempt);
	const stored = refusal
		? { ok: false as const, error: refusal }
		: await resultOf(storeImage(context, { bytes, lender, hide }, fileName, limits.maxBytes));
	opened.close();
	if (stored.ok) return stored.value;
	throw stored.error;
}

async function open(
	{ context, clock, url, limits, endsAt, ended }: Attempt,
	headers: Record<string, string>,
): Promise<Opened> {
	return await openRequest(
		{ context, clock },
		{
			method: 'GET',
			url,
			// What is packed can't go on where it broke off. A server may pack it all the same.
			headers: { 'Accept-Encoding': 'identity', ...headers },
			maxRedirects: MAX_REDIRECTS,
		},
		{
			total: Math.max(0, endsAt - clock.now()),
			silence: limits.silenceMilliseconds,
			cancelled: ended,
			grace: 0,
		},
	);
}

/** Why an answer isn't read at all. */
function refusalOf(
	{ status, headers }: Opened,
	{ clock, linkLifetime, limits: { maxBytes } }: Attempt,
): ImageFailure | undefined {
	if (status < 200 || status > 299) {
		return refused({ status, headers, receivedAt: new Date(clock.now()) }, linkLifetime);
	}
	const promised = Number(headers['content-length'] ?? 0);
	return promised > maxBytes ? tooLarge(maxBytes) : undefined;
}

function refused(
	answer: Pick<HttpAnswer, 'status' | 'headers' | 'receivedAt'>,
	linkLifetime: string,
): ImageFailure {
	const { status } = answer;
	const isGone = [403, 404, 410].includes(status);
	return new ImageFailure({
		kind: 'download',
		message: isGone
			? `The link to the picture doesn't work any more (HTTP ${status}).`
			: `The picture could not be fetched from its link (HTTP ${status}).`,
		advice: isGone
			? `Links work for ${linkLifetime}. Task: Get with this task ID may give a new one.`
			: 'Try again in a few minutes with Task: Get and this task ID.',
		status,
		retryAfterSeconds: retryAfterOf({ ...answer, body: undefined }),
	});
}

function notFetched(error: Error): ImageFailure {
	const trouble = networkTrouble(error);
	if (ENDLESS_REDIRECTS.test(trouble.message)) return endlessRedirects();
	if (trouble.kind === 'blocked') return blocked(error, trouble);
	return downloadFailure({
		message: BROKEN_OFF.has(trouble.kind)
			? 'The connection broke off while the picture was being fetched, several times.'
			: `The picture could not be fetched: ${inSentence(trouble, 'its server')}`,
		advice: FETCH_LATER,
	});
}

/** The cause stays, so that what is no picture of a task can be told in other words. */
function blocked(error: Error, trouble: NetworkTrouble): ImageFailure {
	const failure = new ImageFailure({
		kind: 'download',
		message: `The picture could not be fetched: ${inSentence(trouble, 'its server')}`,
		advice: `${HOW_TO_ALLOW} Then fetch the picture with Task: Get and this task ID.`,
		shouldRetry: false,
	});
	return Object.assign(failure, { cause: error });
}

function endlessRedirects(): ImageFailure {
	return new ImageFailure({
		kind: 'download',
		message: `The link to the picture leads to another address more than ${MAX_REDIRECTS} times.`,
		advice: 'Open the link in a browser. Task: Get with this task ID may give a new one.',
		shouldRetry: false,
	});
}

/** The failure of a link that leads nowhere, whoever follows it. */
export function noAddress(url: string, hide: HideSecrets): ImageFailure {
	return new ImageFailure({
		kind: 'download',
		message: `The link to the picture isn't a web address: "${hide(url).slice(0, EXCERPT_CHARACTERS)}".`,
		advice: 'Whoever runs the server that answered so must give links that begin with https://',
		shouldRetry: false,
	});
}

/** What was made lies at its link for a while. */
function tooLate(deadline: Deadline | undefined): ImageFailure {
	const limit = deadline ? `the Time Limit of ${inWords(deadline)}` : '5 minutes';
	return new ImageFailure({
		kind: deadline ? 'timeLimit' : 'download',
		message: `The picture was made, but could not be fetched within ${limit}.`,
		advice: deadline
			? 'Fetch it with Task: Get and this task ID, or set a longer Time Limit in the Options.'
			: FETCH_LATER,
	});
}
