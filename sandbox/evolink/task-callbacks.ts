// Sends a task's callbacks: the genuine one, or what its faults make of it.
import type { Callback, CallbackSender } from '../callbacks/callback-sender';
import { forgeCallback } from '../callbacks/forgeries';
import type { CheckedFaults } from '../faults/faults';
import { taskJson } from './task-json';
import { endedState, type Ending, type Task } from './tasks';

export interface CallbackParts {
	callbacks: CallbackSender;
	faultsOf: (task: Task) => CheckedFaults;
	resultUrl: (task: Task, index: number) => string;
}

/** To be called when the task has ended and is paid. */
export function sendTaskCallbacks(task: Task, parts: CallbackParts): void {
	const url = task.request.callbackUrl;
	const faults = parts.faultsOf(task).callback ?? {};
	if (url === undefined || faults.lose) return;
	const json = taskJson(task, parts.resultUrl);
	const genuine: Callback = {
		taskId: task.id,
		url,
		body: JSON.stringify(json),
		delayMs: faults.delayMs,
	};
	const callback = faults.forge
		? forgeCallback(faults.forge, genuine, {
				honest: json,
				wrongStatus: taskJson(task, parts.resultUrl, endedState(oppositeEnding(task))),
				unknownTask: { ...json, id: `task-unified-0-${task.linkSecret}` },
			})
		: genuine;
	for (let delivery = 0; delivery <= (faults.repeat ?? 0); delivery++)
		parts.callbacks.send(callback);
}

/** Claims the ending that the task is going to have, while it is still processing. */
export function sendEarlyCallback(task: Task, ending: Ending, parts: CallbackParts): void {
	const url = task.request.callbackUrl;
	if (url === undefined) return;
	const body = JSON.stringify(taskJson(task, parts.resultUrl, endedState(ending)));
	parts.callbacks.send({ taskId: task.id, url, body });
}

function oppositeEnding(task: Task): Ending {
	const at = Date.now();
	if (task.ending?.status !== 'completed') {
		return { status: 'completed', at, made: task.request.n, linksExpireAt: at };
	}
	const error = { code: 'generation_failed', message: 'The task failed.' };
	return { status: 'failed', at, made: 0, error, linksExpireAt: at };
}
