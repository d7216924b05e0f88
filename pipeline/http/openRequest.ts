// Sends one HTTP request through n8n's helper and opens its answer as a stream that ends when it takes too long.
import type { IHttpRequestOptions, IN8nHttpFullResponse } from 'n8n-workflow';

import type { HttpRequest } from '../../providers/contract';
import type { Connection } from '../connection';
import type { PipelineContext } from '../context';
import { resultOf } from '../result';
import { isByteStream, type ByteStream } from '../answers/streams';
import { jsonBody } from './jsonBody';
import type { StreamedBody } from './streamedBody';
import { watchOver, type Patience, type Watchdog } from './watchdog';

export interface Opening {
	method: HttpRequest['method'];
	url: string;
	headers: Record<string, string>;
	query?: Record<string, string | number>;
	json?: Record<string, unknown>;
	/** Makes a body that can be read once only; `onBytes` is to be told whenever some of it has been taken. */
	stream?(onBytes: () => void): Promise<StreamedBody>;
	/** n8n's name of the credential type that signs the request; without one it goes out unsigned. */
	credentialType?: string;
	/** Redirects that are followed. None for what is signed: n8n strips only some of the headers that may hold a key. */
	maxRedirects: number;
}

/** An answer whose head is there. */
export interface Opened {
	status: number;
	/** Names in lower case. */
	headers: Record<string, string>;
	bytes: AsyncGenerator<Buffer>;
	/** A stream that lends its class. */
	lender: ByteStream;
	/** To be called in any case, whether the bytes were read or not. */
	close(): void;
}

/** Throws n8n's or the network's error when no answer comes. */
export async function openRequest(
	{ context, clock }: Pick<Connection, 'context' | 'clock'>,
	opening: Opening,
	patience: Patience,
): Promise<Opened> {
	const watchdog = watchOver(clock, patience);
	const answer = await resultOf(ask(context, opening, watchdog));
	const body: unknown = answer.ok ? answer.value.body : undefined;
	if (!answer.ok || !isByteStream(body)) {
		// n8n's helper says of a request that was ended only that it broke off.
		const { aborted: isEnded, reason } = watchdog.signal;
		watchdog.abandon();
		if (isEnded) throw reason as Error;
		throw answer.ok ? new Error('The answer came in no form that can be read.') : answer.error;
	}
	watchdog.moved();
	// n8n's streams can't be closed while they wait for bytes: ending the request is what ends those.
	watchdog.onEnd((reason) => body.destroy(reason));
	const { statusCode: status, headers } = answer.value;
	return {
		status,
		headers: inLowerCase(headers),
		bytes: noticed(body, watchdog),
		lender: body,
		close: () => {
			// One that was read to its end needs no abort, which wakes everybody who listens for it.
			const hasEnded = body.readableEnded;
			body.destroy();
			if (hasEnded) watchdog.stop();
			else watchdog.abandon();
		},
	};
}

async function ask(
	context: PipelineContext,
	{ stream, ...opening }: Opening,
	watchdog: Watchdog,
): Promise<IN8nHttpFullResponse> {
	const written = opening.json && jsonBody(opening.json);
	const streamed = await stream?.(() => watchdog.moved());
	const options: IHttpRequestOptions = {
		method: opening.method,
		url: opening.url,
		headers: { ...opening.headers, ...written?.headers, ...streamed?.headers },
		qs: opening.query,
		body: streamed?.body ?? written?.body,
		encoding: 'stream',
		returnFullResponse: true,
		// The provider's error bodies are for us to read; n8n would replace them by its own words.
		ignoreHttpStatusErrors: true,
		sendCredentialsOnCrossOriginRedirect: false,
		...(opening.maxRedirects === 0
			? { disableFollowRedirect: true }
			: { maxRedirects: opening.maxRedirects }),
		timeout: 0,
		abortSignal: watchdog.signal,
	};
	const { credentialType } = opening;
	if (credentialType === undefined) {
		return (await context.helpers.httpRequest(options)) as IN8nHttpFullResponse;
	}
	return (await context.helpers.httpRequestWithAuthentication.call(
		endedBy(context, watchdog.signal),
		credentialType,
		options,
	)) as IN8nHttpFullResponse;
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
