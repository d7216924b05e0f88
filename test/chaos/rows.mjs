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

/** Models that edit, where they are others than draw. */
const EDITING = { ...MODELS, fal: 'fal-ai/flux-2/edit' };

/** A trigger is a workflow of its own, which the queue test has. What a batch's would bring is fetched here. */
const isHere = ({ trigger, second, batch }) => batch || (!trigger && !second);

const named = (row) => ({
	...row,
	id: 'evolink-named',
	mode: `${row.mode}, with Your Reference`,
	hasReference: true,
});

/** The input picture of an edit goes to the provider first, or with the order. */
const edited = (row) => ({
	...row,
	id: `${row.provider}-edit`,
	mode: `${row.mode}, Edit`,
	edits: true,
});

const kept = queueRows
	.filter(isHere)
	.map((row) => (row.batch ? { ...row, mode: 'Batch + Get Results' } : row));

/** Every row that orders: `hasTasks` where an ID fetches the image later. */
export const rows = [
	...kept,
	named(kept.find(({ id }) => id === 'evolink-wait')),
	...kept.filter(({ completion }) => completion === 'wait').map(edited),
].map((row) => ({
	...row,
	hasTasks: !row.isSynchronous,
}));

/** What a person enters to order with this row. */
export function orderParameters(row) {
	if (row.batch) return batchParameters(row);
	const isSuspended = row.completion === 'suspend';
	return {
		resource: 'image',
		operation: row.edits ? 'edit' : 'generate',
		model: { __rl: true, mode: 'id', value: (row.edits ? EDITING : MODELS)[row.node] },
		prompt: '={{ $json.prompt }}',
		...(row.completion !== 'wait' && { completion: row.completion }),
		options: {
			concurrency: ITEMS_AT_ONCE,
			timeLimitSeconds: isSuspended ? SUSPENDED_TIME_LIMIT : TIME_LIMIT,
			...(row.hasReference && { reference: '={{ $json.marker }}' }),
		},
	};
}

/** All items in one batch, each under its wish's name. */
function batchParameters(row) {
	return {
		resource: 'batch',
		operation: 'create',
		model: { __rl: true, mode: 'id', value: MODELS[row.node] },
		prompt: '={{ $json.prompt }}',
		customId: '={{ $json.marker }}',
	};
}

/** What a person enters to fetch what has become of an order. */
export const fetchParameters = ({ batch }) => (batch ? resultsParameters : waitParameters);

const resultsParameters = {
	resource: 'batch',
	operation: 'getResults',
	batchId: '={{ $json.taskId }}',
};

const waitParameters = {
	resource: 'task',
	operation: 'wait',
	taskId: '={{ $json.taskId }}',
	options: { timeLimitSeconds: TIME_LIMIT },
};

/** What a person enters to see all tasks of an account. Only EvoLink has such a list. */
export const listParameters = { resource: 'task', operation: 'getAll', returnAll: true };
