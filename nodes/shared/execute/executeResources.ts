// What every action node's execute does: find the operation, set up the provider once, work through the items.
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { beginTry, finishedBefore, isToolRun } from '../../../pipeline/once';
import { failureIn, resultOf } from '../../../pipeline/result';
import {
	beginExecution,
	hidingSecrets,
	outgoing,
	type Execution,
	type ExecutionSettings,
	type ImageRun,
	type ItemWork,
	type Redactor,
} from '../../../pipeline/session';
import {
	executeSuspended,
	waitsForNothing,
	type ShowItems,
	type SuspendedItem,
} from '../../../pipeline/suspend';
import { addNote, tellRepeats, tellShortfalls, tellSpending } from '../../../pipeline/told';
import { readCompletion } from '../parameters/readCompletion';
import { withHints } from './hintsForAgents';
import { withInputFields } from './inputFields';
import { runItems, runItemsAnew, runTogether, tasksOf, type ItemLoop } from './itemLoop';
import { findOperation, type Operation, type Resource } from './operations';
import { numberOption, readOptions } from '../parameters/readParameters';
import { refuseUnfilled } from '../parameters/refuseUnfilled';
import { readSpending } from '../parameters/readSpending';
import { keepsToLimits } from './keepToLimits';

/** What a node sets up once per execution, whatever else is in it. */
export interface NodeSession {
	/** Hides the credential's secrets in whatever leaves the node. */
	redact: Redactor;
	/** Asks for the tasks of a suspended execution, where the node has Pause Until the Images Are Ready. */
	resumed?: ImageRun;
}

const DEFAULT_CONCURRENCY = 10;
const DEFAULT_TIME_LIMIT_SECONDS = 900;

/** In place of settings that can't be read: nothing is ordered by them. */
const UNREAD: ExecutionSettings = {
	concurrency: DEFAULT_CONCURRENCY,
	timeLimitSeconds: DEFAULT_TIME_LIMIT_SECONDS,
};

interface Begun {
	execution: Execution;
	/** Why no item is worked on. */
	refused?: Error;
}

export type OpenSession<Session> = (
	context: IExecuteFunctions,
	execution: Execution,
) => Promise<Session>;

export async function executeResources<Session extends NodeSession>(
	context: IExecuteFunctions,
	resources: Array<Resource<Session>>,
	openSession: OpenSession<Session>,
): Promise<INodeExecutionData[]> {
	const operation = chosenOperation(context, resources);
	const settings = await resultOf(readSettings(context, operation));
	const execution = beginExecution(context, settings.ok ? settings.value : UNREAD);
	const refused = settings.ok ? undefined : settings.error;
	const opened = await resultOf(openSession(context, execution));
	if (!opened.ok) return await failAll(execution, operation, opened.error);
	const session = opened.value;
	const { redact } = session;
	const show: ShowItems = (items) => withInputFields(context, operation, outgoing(redact, items));
	const items = await hidingSecrets(
		redact,
		async () => await execute(operation, session, { execution, refused }, show),
	);
	const isTool = isToolRun(context);
	const shown = isTool ? withHints(context, redact, items) : items;
	const summary = 'summary' in operation ? operation.summary?.(session, items) : undefined;
	if (summary !== undefined && !isTool) addNote({ context, redact }, summary);
	tellShortfalls({ context, redact });
	tellSpending({ context, redact });
	tellRepeats({ context, redact });
	return shown;
}

/** Where nobody can be asked, no item is worked on. An error of n8n's own stays as it is. */
async function failAll<Session>(
	execution: Execution,
	operation: Operation<Session>,
	error: Error,
): Promise<INodeExecutionData[]> {
	if (!failureIn(error)) throw error;
	const failed = await runTogether(execution, {
		isOrder: operation.isOrder,
		startedInWords: 'startedInWords' in operation ? operation.startedInWords : undefined,
		run: async () => await Promise.reject(error),
	});
	return withInputFields(execution.context, operation, failed);
}

async function execute<Session extends NodeSession>(
	operation: Operation<Session>,
	session: Session,
	{ execution, refused }: Begun,
	show: ShowItems,
): Promise<INodeExecutionData[]> {
	const { isOrder } = operation;
	/** What is wrong for all items becomes the failure of each, so that what came in doesn't go on as if all were well. */
	const refuseAll = () => {
		if (refused) throw refused;
		refuseUnfilled(execution.context, operation.fields);
	};
	if ('runAll' in operation) {
		return show(
			await runTogether(execution, {
				isOrder,
				startedInWords: operation.startedInWords,
				run: async (work) => {
					refuseAll();
					return await operation.runAll(session, work);
				},
			}),
		);
	}
	const { suspend } = operation;
	const { redact, resumed } = session;
	const keepToLimits = keepsToLimits(operation, session, execution);
	const beforeAll = async (itemIndexes: number[]) => {
		refuseAll();
		await keepToLimits?.(itemIndexes);
	};
	if (!resumed || !suspend || readCompletion(execution.context) !== 'suspend') {
		beginTry(execution.context);
		const runItem = async (work: ItemWork) => await operation.run(session, work);
		return show(await runItems(execution, redact, { isOrder, beforeAll, runItem }));
	}
	return await executeSuspended(resumed, execution, {
		start: async () =>
			await startItems(execution, {
				isOrder,
				beforeAll,
				runItem: async (work) => await suspend(session, work),
			}),
		// A failure is to be seen at once, whichever item it is. Downloads are bounded by themselves.
		fetch: async (runItem) =>
			show(await runItems(execution, redact, { isOrder, concurrency: Infinity, runItem })),
		show,
	});
}

async function startItems(
	execution: Execution,
	loop: Omit<ItemLoop<SuspendedItem>, 'ofFailed'>,
): Promise<SuspendedItem[]> {
	// Their images come out again when those of the others are fetched.
	const done = [...finishedBefore(execution.context)].map(
		([itemIndex, { output }]): [number, SuspendedItem] => [
			itemIndex,
			{ ...waitsForNothing(), taskIds: tasksOf(output) },
		],
	);
	const started = await runItemsAnew(
		execution,
		{ ...loop, ofFailed: waitsForNothing },
		new Map(done),
	);
	return started.map((item) => item ?? waitsForNothing());
}

function chosenOperation<Session>(
	context: IExecuteFunctions,
	resources: Array<Resource<Session>>,
): Operation<Session> {
	const resource = context.getNodeParameter('resource', 0);
	const name = context.getNodeParameter('operation', 0);
	const operation = findOperation(resources, resource, name);
	if (operation) return operation;
	throw new NodeOperationError(
		context.getNode(),
		`There is no operation "${name}" for "${resource}".`,
		{ description: 'Open the node and choose an Operation from the list.', itemIndex: 0 },
	);
}

async function readSettings<Session>(
	context: IExecuteFunctions,
	operation: Operation<Session>,
): Promise<ExecutionSettings> {
	const options = readOptions(context, 0);
	return {
		concurrency: Math.floor(
			numberOption(
				options,
				'concurrency',
				'Concurrency',
				operation.concurrency ?? DEFAULT_CONCURRENCY,
				1,
			),
		),
		timeLimitSeconds: numberOption(
			options,
			'timeLimitSeconds',
			'Time Limit (Seconds)',
			DEFAULT_TIME_LIMIT_SECONDS,
			1,
		),
		spending: readSpending(context),
	};
}
