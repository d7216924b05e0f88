// One execution of an action node: how long an item may take, how much goes on at once, and what becomes of each item.
import type { IExecuteFunctions } from 'n8n-workflow';

import { realClock } from './clock';
import { cancelSignalOf } from './context';
import { deadlineIn, type Deadline } from './deadline';
import { createLimiter, type Limiter } from './tasks/limiter';
import { createKeyOf } from './once/createKey';
import { keyOfReference } from './once/idempotency';
import { keepFree, type CreatePlace } from './once/keptCreates';
import { withoutToldBy, leftWorkOf, type LeftWork } from './once/leftWork';
import { mayBeCharged } from './once/mayBeCharged';
import type { DigestedOrder } from './once/orderDigest';
import { UNLIMITED, type SpendingLimits } from './once/spendingLimits';
import { releaseUnsent } from './once/toolOrders';
import { beginCall, leaveCall, type Call, type Wish } from './once/toolCalls';
import { resultOf, type Result } from './result';

export interface ExecutionSettings {
	/** Items that are worked on, and creates that are on their way, at the same time. */
	concurrency: number;
	/** From when an item's work begins until its images are there. */
	timeLimitSeconds: number;
	/** Without any, nothing is limited. */
	spending?: SpendingLimits;
}

export interface Execution extends Required<ExecutionSettings> {
	context: IExecuteFunctions;
	/** Bounds the creates that are on their way at the same time, whichever items they are for. */
	creates: Limiter;
	/** Aborted when it is cancelled or stopped: nothing more is begun or waited for then, but no create is cut off. */
	signal: AbortSignal;
	isCancelled(): boolean;
	/** For when one item has failed for good. */
	stop(): void;
	/** Does one item's work and answers what has become of it. Never throws. */
	workOn<Value>(
		itemIndex: number,
		job: (work: ItemWork) => Promise<Value>,
	): Promise<ItemOutcome<Value>>;
}

/** One of the requests that are paid for in an item's work. */
export interface PaidWish {
	wish: Wish;
	/** Which of the item's tasks it makes, from 0. */
	part?: number;
	/** From 1. Raised when the provider has said that an earlier task failed and cost nothing. */
	attempt?: number;
	/** The person's own name for it, where the provider is to know the order again by that. */
	orderReference?: string;
	/** By this it is found again, also where the node was changed in something else since. */
	order?: DigestedOrder;
}

/** One item's work, from its begin to its outcome. */
export interface ItemWork {
	itemIndex: number;
	/** By when its images must be there. */
	deadline: Deadline;
	/** Where it is kept what becomes of a request that is paid for: the same in every try of the item. */
	placeOf(paid: PaidWish): CreatePlace;
	/** To be told of every task of the item, so that its outcome names them however it ends. */
	noteTask(id: string): void;
	/** To be told of those that have failed and surely cost nothing: nothing of them is left to fetch. */
	noteFree(id: string): void;
}

export interface ItemOutcome<Value> {
	/** The tasks that were started for the item, without those that are free. Where it has failed, earlier tries' too. */
	taskIds: readonly string[];
	/** What else of a failed item is paid for, or may be, and isn't told by its failure. */
	left: Pick<LeftWork, 'images' | 'unknown'>;
	/** Of an item that has failed, whether that may have been charged, or may still be. */
	mayBeCharged: boolean;
	result: Result<Value>;
}

const NONE_LEFT = { images: 0, unknown: 0 };

export function beginExecution(
	context: IExecuteFunctions,
	{ concurrency, timeLimitSeconds, spending = UNLIMITED }: ExecutionSettings,
	clock = realClock,
): Execution {
	const stop = new AbortController();
	const cancel = cancelSignalOf(context);
	return {
		context,
		concurrency,
		timeLimitSeconds,
		spending,
		creates: createLimiter(concurrency),
		signal: cancel ? AbortSignal.any([cancel, stop.signal]) : stop.signal,
		isCancelled: () => cancel?.aborted === true,
		stop: () => stop.abort(),
		workOn: async (itemIndex, job) => {
			const noted: string[] = [];
			const free = new Set<string>();
			let call: Call | undefined;
			const keys = new Set<string>();
			const work: ItemWork = {
				itemIndex,
				deadline: deadlineIn(timeLimitSeconds, clock.now()),
				placeOf: ({ wish, part = 0, attempt = 1, orderReference, order }) => {
					call ??= beginCall(context, itemIndex, wish);
					const { memoryKey, ordered } = createKeyOf(context, call, {
						part,
						attempt,
						order,
						wish,
					});
					keys.add(memoryKey);
					const isNamed = orderReference !== undefined;
					return {
						memoryKey,
						idempotencyKey: isNamed
							? keyOfReference(context, call, orderReference, part, attempt)
							: memoryKey,
						itemIndex,
						ordered,
					};
				},
				noteTask: (id) => {
					noted.push(id);
				},
				noteFree: (id) => {
					free.add(id);
					keepFree(context, itemIndex, id);
				},
			};
			const result = await resultOf(job(work));
			const mayCost = (id: string) => !free.has(id);
			if (call) releaseUnsent(context, keys);
			if (result.ok)
				return { taskIds: noted.filter(mayCost), left: NONE_LEFT, mayBeCharged: false, result };
			// A later call of an agent's tool may then take up what this one has started.
			if (call) leaveCall(context, call);
			const { error } = result;
			const left = leftWorkOf(context, [itemIndex]);
			const taskIds = [...new Set([...noted, ...left.taskIds])].filter(mayCost);
			return {
				taskIds,
				left: withoutToldBy(error, left),
				mayBeCharged: mayBeCharged(context, { itemIndex, error, taskIds, keys }),
				result,
			};
		},
	};
}
