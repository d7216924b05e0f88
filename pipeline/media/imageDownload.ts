// Fetches one finished picture from its link into n8n's binary store, streamed, and again if it arrives damaged.
import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { downloadFailure, type ImageFailure } from '../../providers/failure';
import type { PipelineContext } from '../context';
import { networkTrouble, type NetworkTrouble } from '../http/networkFailure';
import { pause, throwIfCancelled } from '../pause';
import { failureIn, settle } from '../settle';
import { MOST_BYTES, storeImage, tooLarge, type StoredImage } from './storedImage';
import { endOf, isByteStream, withinTime, type TimeLimit } from '../http/streams';

const MOST_TRIES = 4;
const FIRST_WAIT_MILLISECONDS = 500;
const TIMEOUT_MILLISECONDS = 300_000;
const TOLD_IN_OWN_WORDS = new Set<NetworkTrouble['kind']>(['untrusted', 'blocked', 'other']);

export interface DownloadOptions {
	url: string;
	/** File name without its ending: the ending follows from the first bytes. */
	fileName: string;
	/** How long links work, in words, for the message about a dead one. */
	linkLifetime: string;
	signal?: AbortSignal;
}

/** Downloads a picture. Throws a `download` failure; the picture still lies at its link. */
export async function downloadImage(
	context: PipelineContext,
	options: DownloadOptions,
): Promise<StoredImage> {
	for (let tried = 1; ; tried++) {
		throwIfCancelled(options.signal);
		const outcome = await settle(downloadOnce(context, options));
		throwIfCancelled(options.signal);
		if (outcome.ok) return outcome.value;
		const failure = failureIn(outcome.error) ?? notFetched(outcome.error);
		if (isFinal(failure) || tried === MOST_TRIES) throw failure;
		await pause(FIRST_WAIT_MILLISECONDS * 2 ** (tried - 1), options.signal);
	}
}

/** What another try won't change: the link's refusal, a file that is too large, a full disk. */
function isFinal({ details: { status = 0 } }: ImageFailure): boolean {
	return (status >= 400 && status < 500 && status !== 429) || status === 507;
}

async function downloadOnce(
	context: PipelineContext,
	{ url, fileName, linkLifetime, signal }: DownloadOptions,
): Promise<StoredImage> {
	const limit: TimeLimit = {
		milliseconds: TIMEOUT_MILLISECONDS,
		request: new AbortController(),
	};
	const request: IHttpRequestOptions = {
		method: 'GET',
		url,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout: limit.milliseconds,
		abortSignal: endOf(limit.request, signal),
	};
	const answer = (await context.helpers.httpRequest(request)) as IN8nHttpFullResponse;
	const { body, statusCode } = answer;
	if (!isByteStream(body)) throw notFetched();
	const promised = promisedLength(answer);
	const refusal =
		statusCode < 200 || statusCode > 299
			? refused(statusCode, linkLifetime)
			: promised !== undefined && promised > MOST_BYTES
				? tooLarge()
				: undefined;
	const bytes = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	return await withinTime(body, limit, async () => {
		if (refusal) throw refusal;
		return await storeImage(context, { bytes, lender: body, promised }, fileName);
	});
}

/** The length that the server promised. A compressed body has another one than the picture. */
function promisedLength({ headers }: IN8nHttpFullResponse): number | undefined {
	const length = Number(headers['content-length'] ?? Number.NaN);
	return Number.isNaN(length) || headers['content-encoding'] ? undefined : length;
}

/** Most troubles of the network are told alike; others, such as an address that n8n blocks, in their own words. */
function notFetched(error?: Error): ImageFailure {
	const { kind, message } = networkTrouble(error);
	return downloadFailure({
		message: TOLD_IN_OWN_WORDS.has(kind)
			? `The picture could not be fetched: ${message}.`
			: 'The connection broke off while the picture was being fetched, several times.',
		advice:
			"Check this server's internet connection, then fetch the picture with Task: Get and this task ID.",
	});
}

function refused(status: number, linkLifetime: string): ImageFailure {
	const isGone = [403, 404, 410].includes(status);
	return downloadFailure({
		message: isGone
			? `The link to the picture doesn't work any more (HTTP ${status}).`
			: `The picture could not be fetched from its link (HTTP ${status}).`,
		advice: isGone
			? `Links work for ${linkLifetime}. Task: Get with this task ID may give a new one.`
			: 'Try again in a few minutes with Task: Get and this task ID.',
		status,
	});
}
