// How tasks stand, in the provider's words: one task by one request, or many, and what a failed question means.
import type { ImageProvider, ImageRequest, ImageTask } from '../../providers/contract';
import type { FailureDetails, FailureKind } from '../../providers/failure';
import type { Connection } from '../connection';
import { wasRefusedForNow } from '../http/retryPolicy';
import { send, type SendOptions } from '../http/send';
import { failureIn, resultOf } from '../result';
import { withAsked } from './taskState';
import { withCost } from './unitCost';

/** Troubles that may pass: the task goes on meanwhile, so it is polled again and not given up. */
const PASSING_TROUBLES = new Set<FailureKind>([
	'network',
	'providerDown',
	'rateLimit',
	'unreadableAnswer',
]);
/** So do these, and all from 500 on, whatever else they say: a poll makes and charges nothing. */
const PASSING_STATUSES = new Set([408, 409, 425, 429, 499]);

/** How a task stands. Throws when that could not be told. */
export async function askForOne(
	connection: Connection,
	id: string,
	request?: ImageRequest,
	options?: SendOptions,
): Promise<ImageTask> {
	const { provider } = connection;
	if (!provider.poll) throw new TypeError(`${provider.name} keeps no tasks.`);
	const answer = await send(connection, provider.poll(id), options);
	// By the ID that it was asked for by, the task is found again, whatever the answer calls it.
	const told = { ...provider.readTask(answer, request, id), id };
	const task = await withResult(connection, told, options);
	return withAsked(await withCost(connection, task), request);
}

/** What the task has come to, where another answer tells that. */
async function withResult(
	connection: Connection,
	task: ImageTask,
	options?: SendOptions,
): Promise<ImageTask> {
	const { result } = connection.provider;
	const request = result?.request(task);
	return result && request ? result.read(await send(connection, request, options), task) : task;
}

/** How many tasks one request can ask for. */
export function tasksPerRequest({ pollMany }: ImageProvider): number {
	return pollMany?.max ?? 1;
}

/** What one request has told of many tasks. */
export interface ManyAnswers {
	tasks: ReadonlyMap<string, ImageTask>;
	/** Why the other tasks need not be asked for alone now; undefined where they should be. */
	failure?: Error;
	/** Whether the batch route told nothing though the provider is there, so that it had better rest. */
	isRouteBroken: boolean;
}

/**
 * Asks for many tasks with one request. The provider leaves out what it doesn't know, and its batch route may be
 * missing, broken, or take offence at one of the tasks: none of this says anything of the tasks. Never throws.
 */
export async function askForMany(
	connection: Connection,
	ids: string[],
	options?: SendOptions,
): Promise<ManyAnswers> {
	const { pollMany } = connection.provider;
	if (!pollMany || ids.length < 2) return { tasks: new Map(), isRouteBroken: false };
	const ask = async (more: SendOptions) =>
		pollMany.read(await send(connection, pollMany.request(ids), { ...options, ...more }));
	let answer = await resultOf(ask({ retry: false }));
	// Only what speaks of the account, not of the route, is worth to be tried again with this route.
	if (!answer.ok && options?.retry !== false && isRefusedForNow(detailsOf(answer.error))) {
		answer = await resultOf(ask({}));
	}
	if (answer.ok) {
		const tasks = new Map(answer.value.map((task) => [task.id, task]));
		return { tasks, isRouteBroken: !ids.some((id) => tasks.has(id)) };
	}
	const details = detailsOf(answer.error);
	const isForAll = speaksForAll(details);
	const isDown = isForAll || details?.status === 503;
	return {
		tasks: new Map(),
		failure: isDown ? answer.error : undefined,
		isRouteBroken: !isForAll,
	};
}

/** Whether a later poll may succeed where this one failed. */
export function isPassing(error: Error): boolean {
	const details = detailsOf(error);
	if (!details) return false;
	const { kind, status = 0 } = details;
	// Then the status isn't the provider's: n8n's own disk may be full.
	if (kind === 'download') return false;
	return PASSING_TROUBLES.has(kind) || PASSING_STATUSES.has(status) || status >= 500;
}

/** Whether the provider answered that it has no such task. */
export function isUnknown(error: Error): boolean {
	const details = detailsOf(error);
	return details?.kind === 'notFound' || details?.status === 404;
}

/** Whether no answer came, or none to its end. */
export function isUnanswered(error: Error): boolean {
	return detailsOf(error)?.kind === 'network';
}

/** Whether the failure would be the same for every task and every route. */
function speaksForAll(details: FailureDetails | undefined): boolean {
	if (!details || isRefusedForNow(details)) return true;
	const { kind, nothingSent } = details;
	return nothingSent === true || kind === 'auth' || kind === 'cancelled' || kind === 'timeLimit';
}

function isRefusedForNow(details: FailureDetails | undefined): boolean {
	return details !== undefined && (details.status === 429 || wasRefusedForNow(details));
}

function detailsOf(error: Error): FailureDetails | undefined {
	return failureIn(error)?.details;
}
