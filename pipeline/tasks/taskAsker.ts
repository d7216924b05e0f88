// Asks how many tasks stand with few requests at a time: by the batch route where there is one that works, else each by itself.
import type { ImageProvider, ImageRequest, ImageTask } from '../../providers/contract';
import type { Clock } from '../clock';
import type { Connection } from '../connection';
import type { Deadline } from '../deadline';
import type { SendOptions } from '../http/send';
import { createLimiter } from './limiter';
import { resultOf, type Result } from '../result';
import { askForMany, askForOne, isPassing, tasksPerRequest } from './taskAnswers';
import { withAsked } from './taskState';

const BATCHES_AT_ONCE = 4;
const SINGLES_AT_ONCE = 5;
/** For tasks that got no answer lately: they may wait long, and the others don't wait for them. */
const SLOW_ONES_AT_ONCE = 2;
/** How long a batch route that told nothing isn't asked: this the first time, then twice as long each time. */
const FIRST_REST_MILLISECONDS = 15_000;
const LONGEST_REST_MILLISECONDS = 300_000;

/** By their ids, with what the answers may leave out. */
export type AskedTasks = ReadonlyMap<string, ImageRequest | undefined>;

/** Told how a task stands, or why that could not be told. */
export type Told = (id: string, answer: Result<ImageTask>) => void;

/** `slow` for tasks that got no answer lately, `last` for those whose wait is about to end: neither waits for the others. */
export type Lane = 'usual' | 'slow' | 'last';

export interface AskOptions {
	lane?: Lane;
	/** By when these must have been told of, where the connection says nothing of it. */
	deadline?: Deadline;
	/** How a request for these tasks is sent. Called when its turn has come. */
	sendOptions?(ids: string[]): SendOptions;
	/** False for a task that nobody asks for any more when its turn has come: it isn't told of. */
	isWanted?(id: string): boolean;
}

export interface TaskAsker {
	/** Tells of each task as soon as its answer is there. Ends when all have been told of. Never throws. */
	ask(tasks: AskedTasks, told: Told, options?: AskOptions): Promise<void>;
	/** How many tasks one request asks for now. */
	perRequest(): number;
}

/** One asker serves all items of an execution, so that what it bounds is bounded for all of them together. */
export function createTaskAsker(connection: Connection): TaskAsker {
	const lanes = {
		usual: laneFor(BATCHES_AT_ONCE, SINGLES_AT_ONCE),
		slow: laneFor(SLOW_ONES_AT_ONCE, SLOW_ONES_AT_ONCE),
		last: laneFor(BATCHES_AT_ONCE, SINGLES_AT_ONCE),
	};
	const batchRoute = createRouteWatch(connection.clock);
	const within = ({ deadline = connection.deadline }: AskOptions): Connection => ({
		...connection,
		deadline,
	});

	/** Asks with one request, and answers which tasks are left to be asked for alone. */
	async function askTogether(
		group: AskedTasks,
		told: Told,
		{ isWanted, sendOptions, ...options }: AskOptions,
	): Promise<AskedTasks> {
		const wanted = new Map([...group].filter(([id]) => isWanted?.(id) !== false));
		const ids = [...wanted.keys()];
		if (ids.length < 2 || !batchRoute.isOpen()) return wanted;
		const { tasks, failure, isRouteBroken } = await askForMany(
			within(options),
			ids,
			sendOptions?.(ids),
		);
		if (isRouteBroken) batchRoute.failed();
		else if (!failure) batchRoute.worked();
		for (const id of ids) {
			const value = tasks.get(id);
			if (value) told(id, { ok: true, value: withAsked(value, group.get(id)) });
			else if (failure) told(id, { ok: false, error: failure });
			if (value || failure) wanted.delete(id);
		}
		return wanted;
	}

	/** When the first ones all fail for a passing reason, the others of the group are told the same unasked. */
	async function askEach(group: AskedTasks, told: Told, options: AskOptions): Promise<void> {
		const { singles } = lanes[options.lane ?? 'usual'];
		const troubles: Array<Result<ImageTask>> = [];
		let hasAnswered = false;
		const askAlone = async (id: string, request?: ImageRequest): Promise<void> => {
			if (options.isWanted?.(id) === false) return;
			if (!hasAnswered && troubles.length >= SINGLES_AT_ONCE) return told(id, troubles[0]!);
			const sendOptions = options.sendOptions?.([id]);
			const answer = await resultOf(askForOne(within(options), id, request, sendOptions));
			if (answer.ok || !isPassing(answer.error)) hasAnswered = true;
			else troubles.push(answer);
			told(id, answer);
		};
		await Promise.all(
			[...group].map(async ([id, request]) => await singles(() => askAlone(id, request))),
		);
	}

	return {
		perRequest: () => (batchRoute.isOpen() ? tasksPerRequest(connection.provider) : 1),
		ask: async (tasks, told, options = {}) => {
			const { batches } = lanes[options.lane ?? 'usual'];
			await Promise.all(
				inGroups(connection.provider, [...tasks]).map(async (entries) => {
					const group = new Map(entries);
					const left =
						group.size > 1 && batchRoute.isOpen()
							? await batches(async () => await askTogether(group, told, options))
							: group;
					await askEach(left, told, options);
				}),
			);
		},
	};
}

function laneFor(batchesAtOnce: number, singlesAtOnce: number) {
	return { batches: createLimiter(batchesAtOnce), singles: createLimiter(singlesAtOnce) };
}

/** Groups of as many tasks as one request takes. */
function inGroups<Entry>(provider: ImageProvider, entries: Entry[]): Entry[][] {
	const size = tasksPerRequest(provider);
	const groups: Entry[][] = [];
	for (let i = 0; i < entries.length; i += size) groups.push(entries.slice(i, i + size));
	return groups;
}

/** Remembers whether a route works, so that one that doesn't costs no round its time. */
function createRouteWatch({ now }: Clock) {
	let rest = FIRST_REST_MILLISECONDS;
	let openFrom = 0;
	return {
		isOpen: () => openFrom <= now(),
		worked: () => {
			rest = FIRST_REST_MILLISECONDS;
			openFrom = 0;
		},
		failed: () => {
			// Several requests that were under way together fail once.
			if (openFrom > now()) return;
			openFrom = now() + rest;
			rest = Math.min(rest * 2, LONGEST_REST_MILLISECONDS);
		},
	};
}
