// The ways in which images are ordered here: nodes and ways of waiting from the queue test, and orders with a reference.
import { rows as queueRows } from '../queue/rows.mjs';

/** Seconds. Short, so that a provider that stays silent doesn't hold up the test. */
const TIME_LIMIT = 15;
const SUSPENDED_TIME_LIMIT = 10;
/** Few, so that an n8n that is killed has done with some items, is at work on others, and hasn't begun with the rest. */
const ITEMS_AT_ONCE = 4;

const MODELS = {
	evoLink: 'gpt-image-2',
	coreToday: 'openai/gpt-image-2',
	fal: 'fal-ai/flux/schnell',
	openAiImages: 'gpt-image-2',
	imageChat: 'gpt-4o-image',
};

/** A trigger and a batch are workflows of their own, which the queue test has. */
const isHere = ({ trigger, second, batch }) => !trigger && !second && !batch;

const named = (row) => ({
	...row,
	id: 'evolink-named',
	mode: `${row.mode}, with Your Reference`,
	hasReference: true,
});

const kept = queueRows.filter(isHere);

/** Every row that orders: `hasTasks` where an ID fetches the image later. */
export const rows = [...kept, named(kept.find(({ id }) => id === 'evolink-wait'))].map((row) => ({
	...row,
	hasTasks: !row.isSynchronous,
}));

/** What a person enters to order with this row. */
export function orderParameters(row) {
	const isSuspended = row.completion === 'suspend';
	return {
		resource: 'image',
		operation: 'generate',
		model: { __rl: true, mode: 'id', value: MODELS[row.node] },
		prompt: '={{ $json.prompt }}',
		...(row.completion !== 'wait' && { completion: row.completion }),
		options: {
			concurrency: ITEMS_AT_ONCE,
			timeLimitSeconds: isSuspended ? SUSPENDED_TIME_LIMIT : TIME_LIMIT,
			...(row.hasReference && { reference: '={{ $json.marker }}' }),
		},
	};
}

/** What a person enters to fetch the image of a task. */
export const waitParameters = {
	resource: 'task',
	operation: 'wait',
	taskId: '={{ $json.taskId }}',
	options: { timeLimitSeconds: TIME_LIMIT },
};

/** What a person enters to see all tasks of an account. Only EvoLink has such a list. */
export const listParameters = { resource: 'task', operation: 'getAll', returnAll: true };
