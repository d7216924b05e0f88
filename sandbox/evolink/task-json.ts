// A task as the protocol shows it, in answers and in callbacks.
import { creditsToDollars } from './pricing';
import { type Ending, shareDone, statusOf, type Task } from './tasks';

/** With an ending of its own, shows the task as if it had ended that way. */
export function taskJson(
	task: Task,
	resultUrl: (task: Task, index: number) => string,
	ending: Ending | undefined = task.ending,
): Record<string, unknown> {
	const status = ending?.status ?? statusOf(task);
	return {
		created: Math.floor(task.createdAt / 1000),
		id: task.id,
		model: task.request.model.id,
		object: 'image.generation.task',
		progress: ending ? 100 : Math.floor(shareDone(task) * 100),
		...(ending?.status === 'completed' && {
			results: Array.from({ length: ending.imagesMade }, (_none, index) => resultUrl(task, index)),
		}),
		...(ending?.error && { error: ending.error }),
		status,
		task_info: {
			can_cancel: status === 'pending',
			estimated_time: Math.round(task.durationMs / 1000),
		},
		type: 'image',
		usage: {
			billing_rule: task.request.model.billing,
			credits_reserved: task.creditsReserved,
			...(ending && {
				credits_used: task.creditsCharged,
				cost: { credits: task.creditsCharged, usd: creditsToDollars(task.creditsCharged) },
			}),
			estimated_cost: creditsToDollars(task.creditsReserved),
			user_group: 'default',
		},
	};
}
