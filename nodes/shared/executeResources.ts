// What every action node's execute does: find the operation, set up the provider once, work through the items.
import { NodeOperationError, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { cancelSignalOf } from '../../pipeline/context';
import { createLimiter } from '../../pipeline/limiter';
import type { ImageRun, RunSettings, StartedTasks } from '../../pipeline/imageRun';
import type { Redactor } from '../../pipeline/redact';
import { settle } from '../../pipeline/settle';
import type { SuspendedItems } from '../../pipeline/suspend/suspension';
import { readCompletion } from './completion';
import { hidingSecrets, withoutSecrets } from './hideSecrets';
import { runItems, runTogether } from './itemLoop';
import { toNodeError } from './nodeErrors';
import { findOperation, type Operation, type Resource } from './operations';
import { numberOption, readOptions } from './parameters';
import { executeSuspended } from './suspend';

/** What a node sets up once per execution, whatever else is in it. */
export interface NodeSession {
	/** Hides the credential's secrets in whatever leaves the node. */
	redact: Redactor;
	/** Everything that may start tasks for an item. */
	runs: ImageRun[];
}

const DEFAULT_CONCURRENCY = 10;
const DEFAULT_TIME_LIMIT_SECONDS = 900;

export async function executeResources<Session extends NodeSession>(
	context: IExecuteFunctions,
	resources: Array<Resource<Session>>,
	openSession: (context: IExecuteFunctions, settings: RunSettings) => Promise<Session>,
): Promise<INodeExecutionData[]> {
	const operation = chosenOperation(context, resources);
	const settings = await settle(readSettings(context, operation));
	if (!settings.ok) throw toNodeError(context.getNode(), settings.error, 0);
	const { concurrency, timeLimitSeconds } = settings.value;
	const stop = new AbortController();
	const started: StartedTasks = new Map();
	const suspended: SuspendedItems = new Map();
	const session = await openSession(context, {
		timeLimitSeconds,
		creates: createLimiter(concurrency),
		stopSignal: stop.signal,
		started,
		suspended,
	});
	return await hidingSecrets(session.redact, async () =>
		withoutSecrets(session.redact, await work(session)),
	);

	async function work(session: Session): Promise<INodeExecutionData[]> {
		if ('runAll' in operation) {
			return await runTogether(context, async () => await operation.runAll(session));
		}
		const loop = {
			concurrency,
			keepsFinished: true,
			redact: session.redact,
			started,
			stop,
			cancelSignal: cancelSignalOf(context),
			runItem: async (itemIndex: number) => await operation.run(session, itemIndex),
			onFailure: (itemIndex: number) => session.runs.forEach((run) => run.leave(itemIndex)),
		};
		const [run] = session.runs;
		if (run && readCompletion(context) === 'suspend') {
			return await executeSuspended(run, loop, suspended, timeLimitSeconds);
		}
		return [...(await runItems(context, loop)).values()].flat();
	}
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
		{ description: 'Open the node and choose an Operation from the list.' },
	);
}

async function readSettings<Session>(context: IExecuteFunctions, operation: Operation<Session>) {
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
			'Time Limit',
			DEFAULT_TIME_LIMIT_SECONDS,
			1,
		),
	};
}
