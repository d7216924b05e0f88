// Verifies the signature of a callback with the keys that its provider publishes, which are kept for a day.
import type { IWebhookFunctions } from 'n8n-workflow';

import type { HttpRequest, ImageProvider } from '../../providers/contract';
import type { Connection } from '../connection';
import { send } from '../http/send';
import { resultOf } from '../result';
import type { DeliveryAnswer } from './startWorkflow';

/** As the provider asks it: no key is believed longer, and they aren't asked for with each delivery. */
const KEPT_MILLISECONDS = 24 * 60 * 60 * 1000;
/** A key that isn't among those that are kept may be a new one. Forgeries don't make us ask more often than this. */
const RENEWED_AFTER_MILLISECONDS = 60_000;
/** A provider waits for our answer. */
const REQUEST = { retry: false, timeoutMilliseconds: 4000 };

interface PublishedKeys {
	body: unknown;
	at: number;
}

/** By address. A new process asks again. */
const published = new Map<string, PublishedKeys>();

const NO_KEYS: DeliveryAnswer = {
	status: 503,
	message: 'The keys could not be fetched. Please deliver again.',
};

/** Undefined where the signature is right, or where the provider signs nothing. A status of 503 asks for another delivery. */
export async function refusalOfSignature(
	connection: Connection<IWebhookFunctions>,
): Promise<DeliveryAnswer | undefined> {
	const { provider, context, clock } = connection;
	const { signature } = provider;
	if (!signature) return undefined;
	// It throws where the credential's address is none, and whoever calls needn't learn that.
	const described = await resultOf((async () => signature.keys())());
	if (!described.ok) return NO_KEYS;
	const request = described.value;
	const kept = published.get(request.url);
	const age = kept ? clock.now() - kept.at : Infinity;
	const mayStay = kept && age >= 0 && age < KEPT_MILLISECONDS;
	const keys = mayStay ? kept : await fetched(connection, request);
	if (!keys) return NO_KEYS;
	const message = refusalBy(signature, keys, context, clock.now());
	if (message === undefined) return undefined;
	const isOld = mayStay && age >= RENEWED_AFTER_MILLISECONDS;
	if (!isOld) return { status: 401, message };
	const renewed = await fetched(connection, request);
	if (!renewed) return NO_KEYS;
	const stillRefused = refusalBy(signature, renewed, context, clock.now());
	return stillRefused === undefined ? undefined : { status: 401, message: stillRefused };
}

function refusalBy(
	signature: NonNullable<ImageProvider['signature']>,
	{ body }: PublishedKeys,
	context: IWebhookFunctions,
	now: number,
): string | undefined {
	const headers = context.getHeaderData() as Record<string, unknown>;
	const { rawBody } = context.getRequestObject();
	return signature.refusalOf({ headers, rawBody }, body, Math.floor(now / 1000));
}

async function fetched(
	connection: Connection<IWebhookFunctions>,
	request: HttpRequest,
): Promise<PublishedKeys | undefined> {
	const answer = await resultOf(send(connection, request, REQUEST));
	if (!answer.ok) return undefined;
	const keys = { body: answer.value.body, at: connection.clock.now() };
	published.set(request.url, keys);
	return keys;
}
