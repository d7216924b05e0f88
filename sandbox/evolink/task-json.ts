// A task as the protocol shows it, in answers and in callbacks.
import { roundCredits } from '../accounts/ledger';
import { creditsToDollars, tokensOf } from './pricing';
import type { TaskRequest } from './orders';
import { type Ending, stateOf, type Task, type TaskState } from './tasks';

/** With a state of its own, shows the task as if it were in that state. */
export function taskJson(
	task: Task,
	resultUrl: (task: Task, index: number) => string,
	{ status, progress, ending }: TaskState = stateOf(task),
): Record<string, unknown> {
	return {
		created: Math.floor(task.createdAt / 1000),
		id: task.id,
		model: task.request.model.id,
		object: `${task.request.medium}.generation.task`,
		progress,
		...(ending?.status === 'completed' && resultsJson(task, ending, resultUrl)),
		...(ending?.error && { error: ending.error }),
		status,
		task_info: {
			can_cancel: status === 'pending',
			estimated_time: Math.round(task.durationMs / 1000),
			...(task.request.medium === 'video' && { video_duration: task.request.seconds }),
		},
		type: task.request.medium,
		usage: {
			billing_rule: task.request.model.billing,
			credits_reserved: task.creditsReserved,
			...(ending && usedJson(task, ending)),
			estimated_cost: creditsToDollars(task.creditsReserved),
			user_group: 'default',
		},
		billing: billingJson(task, ending),
	};
}

/** Official clients read either of the two. */
function resultsJson(
	task: Task,
	{ made }: Ending,
	resultUrl: (task: Task, index: number) => string,
): Record<string, unknown> {
	const results = Array.from({ length: made }, (_none, index) => resultUrl(task, index));
	return { results, result_data: results.map((url) => resultJson(task.request, url)) };
}

function resultJson(request: TaskRequest, url: string): Record<string, unknown> {
	switch (request.medium) {
		case 'image':
			return { image_url: url };
		case 'video':
			return { video_url: url, duration: request.seconds };
		case 'audio':
			return {
				audio_url: url,
				title: request.title,
				tags: request.style,
				duration: request.seconds,
			};
	}
}

/** Credits without a price in dollars, and tokens where these were counted. */
function usedJson(task: Task, { made }: Ending): Record<string, unknown> {
	const { request, drawnPrompt: prompt, size } = task;
	const used = { credits_used: task.creditsCharged };
	if (request.medium !== 'image' || !size) return used;
	const { model, quality, imageUrls } = request;
	if (model.billing === 'per_call') return used;
	const priced = { model, quality, prompt, size, referenceCount: imageUrls.length };
	const { imageOut, imageIn, textIn } = tokensOf(priced, made);
	return {
		...used,
		image_output_tokens: imageOut,
		...(imageUrls.length > 0 && { image_input_tokens: imageIn }),
		text_input_tokens: textIn,
		total_tokens: imageOut + imageIn + textIn,
	};
}

function billingJson(
	{ creditsReserved: reserved, creditsCharged: charged }: Task,
	ending: Ending | undefined,
): Record<string, unknown> {
	const refunded = ending ? roundCredits(reserved - charged) : 0;
	return {
		charge_status: !ending ? 'reserved' : charged > 0 ? 'charged' : 'not_charged',
		refund_status: refunded > 0 ? 'refunded' : 'none',
		reserved_credits: reserved,
		charged_credits: charged,
		refunded_credits: refunded,
	};
}
