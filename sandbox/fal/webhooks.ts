// Sends a task's webhook, signed: the genuine one, or what its faults make of it.
import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto';
import type { Callback, CallbackSender } from '../callbacks/callback-sender';
import { callbackUrlProblem } from '../callbacks/callback-url';
import { forgeCallback } from '../callbacks/forgeries';
import { failureOf } from './failures';
import { errorAnswer } from './errors';
import type { CheckedFalFaults } from './faults';
import { pythonJson } from './python-json';
import { signatureOf, type SigningKeys } from './signing';
import type { Ending, Task } from './tasks';

/** Longer ago than anybody may take. */
const OLD_SECONDS = 600;
const NOT_SERIALIZABLE =
	'Response payload is not JSON serializable. Either return a JSON serializable object or use the queue endpoint to retrieve the response.';
const UNKNOWN = '00000000-0000-4000-8000-000000000000';

export interface WebhookView {
	faults: CheckedFalFaults;
	userId: string;
	keys: SigningKeys;
	callbacks: CallbackSender;
}

/** To be called when the task has ended and is paid. */
export function sendWebhook(task: Task, view: WebhookView): void {
	const { ending, webhookUrl: url } = task;
	const faults = view.faults.callback ?? {};
	if (url === undefined || !ending || faults.lose) return;
	const honest = claim(task, ending, view.faults);
	const unsigned: Callback = { taskId: task.id, url, body: pythonJson(honest) };
	const forged = faults.forge
		? forgeCallback(
				faults.forge,
				unsigned,
				{
					honest,
					wrongStatus: claim(task, oppositeEnding(ending), {}),
					unknownTask: { ...honest, request_id: UNKNOWN, gateway_request_id: UNKNOWN },
				},
				pythonJson,
			)
		: unsigned;
	const callback = { ...signed(forged, task, view), delayMs: faults.delayMs };
	for (let delivery = 0; delivery <= (faults.repeat ?? 0); delivery++) {
		send(callback, view);
	}
}

/** Claims an ending that the task has not had yet. */
export function sendEarlyWebhook(task: Task, ending: Ending, view: WebhookView): void {
	const { webhookUrl: url } = task;
	if (url === undefined) return;
	const body = pythonJson(claim(task, ending, view.faults));
	send(signed({ taskId: task.id, url, body }, task, view), view);
}

/** A private address and such is not called at all, and not tried again. */
function send(callback: Callback, { callbacks }: WebhookView): void {
	const problem = callbackUrlProblem(callback.url);
	if (problem) callbacks.refuse(callback, problem);
	else callbacks.send(callback);
}

function claim({ id }: Task, ending: Ending, faults: CheckedFalFaults): Record<string, unknown> {
	const { status, body } = ending.answer;
	const isWell = ending.status === 'succeeded';
	const ids = { request_id: id, gateway_request_id: faults.gatewayRetry ? randomUUID() : id };
	const outcome = isWell
		? { status: 'OK', error: null }
		: { status: 'ERROR', error: `Invalid status code: ${status}` };
	const isLeftOut = faults.payloadError || ending.isInline || (!isWell && ending.isMissingPath);
	if (isLeftOut) {
		return { ...ids, ...outcome, payload: null, payload_error: NOT_SERIALIZABLE };
	}
	return { ...ids, ...outcome, payload: body };
}

function signed(callback: Callback, task: Task, { faults, userId, keys }: WebhookView): Callback {
	const { signature: fault } = faults;
	const bodyThatIsSigned = callback.body;
	const body = fault === 'respaced' ? callback.body.replaceAll(': ', ':') : callback.body;
	// Made anew for every try: it holds the time.
	const headers = () => {
		const now = Math.floor(Date.now() / 1000);
		const timestamp = fault === 'old' ? now - OLD_SECONDS : now;
		const parts = { requestId: task.id, userId, timestamp, body: bodyThatIsSigned };
		const key = fault === 'other-key' ? strangersKey() : keys.current;
		const genuine = signatureOf(key, parts);
		const value = fault === 'wrong' ? genuine.replace(/^./, changed) : genuine;
		return {
			'x-fal-webhook-request-id': task.id,
			'x-fal-webhook-user-id': userId,
			'x-fal-webhook-timestamp': String(timestamp),
			...(fault !== 'missing' && { 'x-fal-webhook-signature': value }),
		};
	};
	return { ...callback, body, headers };
}

function strangersKey(): KeyObject {
	return generateKeyPairSync('ed25519').privateKey;
}

const changed = (digit: string) => (digit === '0' ? '1' : '0');

function oppositeEnding(ending: Ending): Ending {
	if (ending.status === 'succeeded') {
		const answer = errorAnswer(failureOf('internal_server_error'));
		return { ...ending, status: 'failed', answer };
	}
	return { ...ending, status: 'succeeded', answer: { status: 200, body: { images: [] } } };
}
