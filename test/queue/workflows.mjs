// The workflows of the queue test, built as a person builds them: started by a webhook, one item for each wished image.
import { randomUUID } from 'node:crypto';

export const WISHES = 'Wishes';
export const MAKE = 'Make the images';
export const FETCH = 'Fetch the images';
export const RECEIVE = 'When an image is ready';
export const OUT = 'Next steps';
export const WITH_FILE = 'With a file';
export const READ = 'Read the file';

const PACKAGE = 'n8n-nodes-imagegen';
const MODELS = {
	coreToday: 'openai/gpt-image-2',
	fal: 'fal-ai/flux/schnell',
	imageChat: 'gpt-4o-image',
};
const CURRENT_MODEL = 'gpt-image-2';
/** After this, suspended items go on with their task IDs. Longer than any task takes here. */
const SUSPENDED_SECONDS = 90;

/** Core nodes by their short names, ours by their package's. */
const node = (name, type, typeVersion, parameters, more = {}) => ({
	id: randomUUID(),
	name,
	type,
	typeVersion,
	parameters,
	...more,
});

const core = (name, type, typeVersion, parameters, more) =>
	node(name, `n8n-nodes-base.${type}`, typeVersion, parameters, more);

function ours(row, name, parameters, credentialIds, type = row.node) {
	const credential = { id: credentialIds[row.credentialType], name: row.name };
	return node(name, `${PACKAGE}.${type}`, 1, parameters, {
		credentials: { [row.credentialType]: credential },
	});
}

/** A workflow whose nodes follow each other in a row. */
function chain(name, nodes, settings = {}) {
	const placed = nodes.map((one, index) => ({ ...one, position: [index * 220, 0] }));
	const pairs = placed.slice(1).map((next, index) => [placed[index], next]);
	const connections = Object.fromEntries(
		pairs.map(([from, to]) => [from.name, { main: [[{ node: to.name, type: 'main', index: 0 }]] }]),
	);
	return { name, nodes: placed, connections, settings: { executionOrder: 'v1', ...settings } };
}

const startedBy = (path) =>
	core(
		'Start',
		'webhook',
		2,
		{ httpMethod: 'POST', path, responseMode: 'onReceived', options: {} },
		{ webhookId: path },
	);

const oneItemForEach = (field, name) =>
	core(name, 'splitOut', 1, { fieldToSplitOut: `body.${field}`, options: {} });

/** One condition, for the nodes that have such. */
const condition = (leftValue, type, operation) => ({
	conditions: {
		options: { caseSensitive: true, typeValidation: 'strict', version: 2 },
		conditions: [
			{
				id: randomUUID(),
				leftValue,
				rightValue: '',
				operator: { type, operation, singleValue: true },
			},
		],
		combinator: 'and',
	},
	options: {},
});

/** The person's next steps. Reading the whole file on a worker shows that the image really came out. */
const ending = () => [
	core(OUT, 'noOp', 1, {}),
	core(
		WITH_FILE,
		'filter',
		2.2,
		condition('={{ Object.keys($binary).length > 0 }}', 'boolean', 'true'),
	),
	core(READ, 'crypto', 1, {
		action: 'hash',
		type: 'SHA256',
		binaryData: true,
		binaryPropertyName: 'data',
		dataPropertyName: 'hash',
	}),
];

/** The failure of one image goes on as an item, so that the others of the execution go on too. */
const onErrorGoOn = (one) => ({ ...one, onError: 'continueRegularOutput' });

function makeParameters(row, callbackUrl) {
	const model = { __rl: true, mode: 'id', value: MODELS[row.node] ?? CURRENT_MODEL };
	const prompt = '={{ $json.prompt }}';
	if (row.batch) {
		return {
			resource: 'batch',
			operation: 'create',
			model,
			prompt,
			customId: '={{ $json.marker }}',
			size: '1024x1024',
			quality: 'low',
		};
	}
	return {
		resource: 'image',
		operation: 'generate',
		model,
		prompt,
		...(row.completion !== 'wait' && { completion: row.completion }),
		...(callbackUrl !== undefined && { callbackUrl }),
		...(row.completion === 'suspend' && { options: { timeLimitSeconds: SUSPENDED_SECONDS } }),
	};
}

const waitForTask = (row, name, credentialIds) =>
	onErrorGoOn(
		ours(
			row,
			name,
			{ resource: 'task', operation: 'wait', taskId: '={{ $json.taskId }}' },
			credentialIds,
		),
	);

/** Behind a node that suspends: what goes on without images, because the time limit came first, is waited for. */
function suspendingWorkflow(row, make, credentialIds) {
	const [out, ...rest] = ending();
	const whole = chain(`${row.name}, ${row.mode}`, [
		startedBy(row.id),
		oneItemForEach('wishes', WISHES),
		onErrorGoOn(make),
		core(
			'Is the picture there?',
			'if',
			2.2,
			condition('={{ Object.keys($binary).length > 0 }}', 'boolean', 'true'),
		),
		out,
		...rest,
	]);
	const pickUp = { ...waitForTask(row, FETCH, credentialIds), position: [880, 200] };
	const to = (name) => [{ node: name, type: 'main', index: 0 }];
	whole.nodes.push(pickUp);
	whole.connections['Is the picture there?'] = { main: [to(OUT), to(FETCH)] };
	whole.connections[FETCH] = { main: [to(OUT)] };
	return whole;
}

/** Hands the task IDs on to the workflow that waits for them, as a job of its own. The order is then done, and keeps them. */
const handOn = (row, publicUrl) =>
	core(
		'Hand the tasks on',
		'httpRequest',
		4.2,
		{
			method: 'POST',
			url: `${publicUrl}/webhook/${secondPath(row)}`,
			sendBody: true,
			specifyBody: 'json',
			jsonBody: '={{ JSON.stringify({ tasks: $input.all().map(({ json }) => json) }) }}',
			options: {},
		},
		{ executeOnce: true },
	);

const secondPath = (row) => `${row.id}-tasks`;

/** The workflow that orders a row's images, and in most modes has them at its end. */
export function orderingWorkflow(row, credentialIds, publicUrl) {
	// OpenAI's trigger tells OpenAI itself where to report.
	const callsBack = row.trigger && row.provider !== 'openai';
	const callbackUrl = callsBack ? `${publicUrl}/webhook/${receiverPath(row)}` : undefined;
	const make = ours(row, MAKE, makeParameters(row, callbackUrl), credentialIds);
	if (row.completion === 'suspend') return suspendingWorkflow(row, make, credentialIds);
	return chain(`${row.name}, ${row.mode}`, [
		startedBy(row.id),
		oneItemForEach('wishes', WISHES),
		row.batch ? make : onErrorGoOn(make),
		...(row.fetch ? [waitForTask(row, FETCH, credentialIds)] : []),
		...(row.second ? [handOn(row, publicUrl)] : ending()),
	]);
}

const triggerPath = {
	evoLink: 'evolink',
	coreToday: 'coretoday',
	fal: 'fal',
	openAiImages: 'openai',
};
const receiverPath = (row) => `${row.id}-received/${triggerPath[row.node]}`;

/** The workflow whose trigger receives a row's images. */
export function receivingWorkflow(row, credentialIds) {
	const parameters = { events: row.triggerEvents };
	const trigger = ours(row, RECEIVE, parameters, credentialIds, `${row.node}Trigger`);
	const withAddress = { ...trigger, webhookId: `${row.id}-received` };
	return chain(`${row.name}, ${row.mode}: received`, [withAddress, ...ending()]);
}

/** After a crash: all tasks of the account but those whose images are known to be here. Started with {had: taskIds}. */
export function historyRecovery(row, path, credentialIds) {
	const list = ours(
		row,
		'List my tasks',
		{ resource: 'task', operation: 'getAll', returnAll: true },
		credentialIds,
	);
	const missing = core(
		'Only the missing ones',
		'filter',
		2.2,
		condition("={{ $('Start').first().json.body.had.includes($json.taskId) }}", 'boolean', 'false'),
	);
	const fetch = waitForTask(row, FETCH, credentialIds);
	return chain(`${row.name}: recover from the history`, [
		startedBy(path),
		list,
		missing,
		fetch,
		...ending(),
	]);
}

/** Waits for tasks by their IDs: those that another workflow has ordered. Started with {tasks: [{taskId}]}. */
export function waitingWorkflow(row, credentialIds, path = secondPath(row)) {
	return chain(`${row.name}: wait for tasks (${path})`, [
		startedBy(path),
		oneItemForEach('tasks', 'Tasks'),
		waitForTask(row, FETCH, credentialIds),
		...ending(),
	]);
}
