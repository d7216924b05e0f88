// A task as the protocol shows it, in answers and in callbacks.
import { creditsToDollars } from './pricing';
import { stateOf, type Task, type TaskState } from './tasks';

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
		object: 'image.generation.task',
		progress,
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
