// Fetches one finished picture from its link into n8n's binary store, streamed, and again if it arrives damaged.
import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import { downloadFailure, type ImageFailure } from '../providers/failure';
import type { PipelineContext } from './context';
import { pause, throwIfCancelled } from './pause';
import { failureIn, settle } from './settle';
import { MOST_BYTES, storeImage, tooLarge, type StoredImage } from './storedImage';
import { isByteStream } from './streams';

const MOST_TRIES = 4;
const FIRST_WAIT_MILLISECONDS = 500;
const TIMEOUT_MILLISECONDS = 300_000;

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
		const failure = failureIn(outcome.error) ?? brokenOff();
		const status = failure.details.status ?? 0;
		const isFinal = status >= 400 && status < 500 && status !== 429;
		if (isFinal || tried === MOST_TRIES) throw failure;
		await pause(FIRST_WAIT_MILLISECONDS * 2 ** (tried - 1), options.signal);
	}
}

async function downloadOnce(
	context: PipelineContext,
	{ url, fileName, linkLifetime, signal }: DownloadOptions,
): Promise<StoredImage> {
	const request: IHttpRequestOptions = {
		method: 'GET',
		url,
		encoding: 'stream',
		returnFullResponse: true,
		ignoreHttpStatusErrors: true,
		sendCredentialsOnCrossOriginRedirect: false,
		timeout: TIMEOUT_MILLISECONDS,
		abortSignal: signal,
	};
	const answer = (await context.helpers.httpRequest(request)) as IN8nHttpFullResponse;
	const { body, statusCode } = answer;
	if (!isByteStream(body)) throw brokenOff();
	const promised = promisedLength(answer);
	const refusal =
		statusCode < 200 || statusCode > 299
			? refused(statusCode, linkLifetime)
			: promised !== undefined && promised > MOST_BYTES
				? tooLarge()
				: undefined;
	const bytes = body[Symbol.asyncIterator]() as AsyncIterator<Buffer>;
	const outcome = refusal
		? { ok: false as const, error: refusal }
		: await settle(storeImage(context, { bytes, lender: body, promised }, fileName));
	body.destroy();
	if (!outcome.ok) throw outcome.error;
	return outcome.value;
}

/** The length that the server promised. A compressed body has another one than the picture. */
function promisedLength({ headers }: IN8nHttpFullResponse): number | undefined {
	const length = Number(headers['content-length'] ?? Number.NaN);
	return Number.isNaN(length) || headers['content-encoding'] ? undefined : length;
}

function brokenOff(): ImageFailure {
	return downloadFailure({
		message: 'The connection broke off while the picture was being fetched, several times.',
		advice:
			"Check this server's internet connection, then fetch the picture with Task > Get and this task ID.",
	});
}

function refused(status: number, linkLifetime: string): ImageFailure {
	const isGone = [403, 404, 410].includes(status);
	return downloadFailure({
		message: isGone
			? `The link to the picture doesn't work any more (HTTP ${status}).`
			: `The picture could not be fetched from its link (HTTP ${status}).`,
		advice: isGone
			? `Links work for ${linkLifetime}. If the task is younger, Task > Get with this task ID may give a new link.`
			: 'Try again in a few minutes with Task > Get and this task ID.',
		status,
	});
}
