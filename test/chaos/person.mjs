// What a person does to have a batch of images, as the documentation says: retries what has failed, fetches by the IDs that
// the output, the log or the provider's list tell, and after a crash orders again only what the log doesn't name as sent.
import { toFetch, toList, toOrder } from './orders.mjs';

/** After so many tries as they are, the person lets the workflow go on without what fails. */
const RETRIES_AS_IT_IS = 2;
const MOST_TRIES = 8;
/** A batch may take a while. */
const MOST_LOOKS = 15;
/** Failures of fetching that asking again can't mend. */
const FINAL = new Set(['taskFailed', 'moderation', 'notFound', 'noImage']);

/**
 * @param {{number: number, row: object, handling: string, wishes: object[]}} batch
 * @param {object} n8n from n8n.mjs
 * @param {(taskId: string) => string | undefined} markerOf whose task it is, as the person sees by its prompt
 */
export function createPerson(batch, n8n, markerOf) {
	const { row, handling } = batch;
	const isEvoLink = row.provider === 'evolink';
	/** By marker: pictures that came out, and what was said in their place. */
	const outcomes = new Map(batch.wishes.map(({ marker }) => [marker, { pictures: [], told: [] }]));
	/** What was to be made, by the execution that ordered it. */
	const ordered = new Map();
	const crashed = [];
	/** Tasks to fetch, by ID, with how often that was tried. */
	const open = new Map();
	let stage = 'ordering';
	let wanted = batch.wishes;
	/** Those of a crashed execution of which nothing was sent. */
	let toOrderAgain = [];
	let executions = 0;
	let current;
	/** The execution that can be retried. */
	let failed;
	let retries = 0;
	let listings = 0;

	function nextId() {
		executions += 1;
		current = `${batch.number}-${executions}`;
		return current;
	}

	function order() {
		const isWaiting = current !== undefined && n8n.row(current)?.status === 'waiting';
		const mayStop = handling !== 'continue' && retries <= RETRIES_AS_IT_IS;
		const id = isWaiting ? current : nextId();
		ordered.set(id, wanted);
		const retryOf = isWaiting ? undefined : failed;
		return toOrder(batch, { id, wishes: wanted, mayStop, retryOf, isWaiting });
	}

	const orders = {
		ordering: order,
		listing: () => toList(batch, nextId()),
		fetching: () => toFetch(batch, nextId(), [...open.keys()]),
	};

	const isOut = (taskId) => outcomes.get(markerOf(taskId))?.pictures.length > 0;

	/** Tasks to fetch first; then what is to be ordered again. */
	function goOn(taskIds = []) {
		for (const id of taskIds) if (!open.has(id) && !isOut(id)) open.set(id, 0);
		if (open.size > 0) stage = 'fetching';
		else if (toOrderAgain.length > 0) {
			[stage, wanted, toOrderAgain, failed, retries] = ['ordering', toOrderAgain, [], undefined, 0];
		} else stage = 'done';
	}

	/** EvoLink alone lists what was ordered without an answer. */
	function lookIntoList(taskIds) {
		for (const id of taskIds) if (!isOut(id)) open.set(id, 0);
		stage = 'listing';
	}

	/** One item stands for all, as one batch does. Where it failed, all have failed. */
	function readBatch(output) {
		const found = output.flatMap(({ batchId }) => batchId ?? []);
		if (found.length > 0) return goOn(found);
		for (const [index, { marker }] of wanted.entries()) {
			const { taskId, mayBeCharged, advice, error } = output[index] ?? output[0];
			outcomes.get(marker).told.push({ taskId, mayBeCharged, advice, error });
		}
		goOn();
	}

	function readOrdered(output) {
		if (row.batch) return readBatch(output);
		const seen = new Set(output.map(readOrderedItem));
		for (const { marker } of wanted) outcomes.get(marker).isDropped = !seen.has(marker);
		const found = output.filter(({ picture }) => !picture).flatMap(tasksOf);
		const isUnsure = output.some(({ mayBeCharged, taskId }) => mayBeCharged && !taskId);
		if (isUnsure && isEvoLink) lookIntoList(found);
		else goOn(found);
	}

	/** Answers whose item it is. */
	function readOrderedItem({ item, taskId, picture, error, mayBeCharged, advice }) {
		const { marker } = wanted[item] ?? {};
		const whose = taskId === undefined ? marker : markerOf(taskId);
		const outcome = outcomes.get(marker ?? whose);
		if (!outcome) throw new Error(`Nobody has wished what came with the task ${taskId}.`);
		if (picture && whose !== marker) throw new Error(`${marker} got the picture of ${whose}.`);
		if (picture) outcome.pictures.push(picture);
		else if (error) outcome.told.push({ taskId, mayBeCharged, advice, error });
		return marker ?? whose;
	}

	/** A line for each wish. One that has not ended is asked about again. */
	function readResults(output) {
		const [batchId] = open.keys();
		const lines = output.filter(({ customId }) => customId !== undefined);
		const tries = open.get(batchId) + 1;
		open.set(batchId, tries);
		for (const { customId, picture, error, kind } of lines) {
			const outcome = outcomes.get(customId);
			if (picture) outcome.pictures.push(picture);
			else outcome.told.push({ taskId: batchId, kind, error });
		}
		if (lines.length > 0) open.delete(batchId);
		else if (tries >= MOST_LOOKS) {
			const [{ error, kind }] = output;
			for (const { marker } of wanted)
				outcomes.get(marker).told.push({ taskId: batchId, kind, error });
			open.delete(batchId);
		}
		goOn();
	}

	function readFetched(output) {
		if (row.batch) return readResults(output);
		const asked = [...open.keys()];
		for (const { item, picture, error, kind } of output) {
			const taskId = asked[item];
			const outcome = outcomes.get(markerOf(taskId));
			const tries = open.get(taskId) + 1;
			open.set(taskId, tries);
			if (picture) outcome.pictures.push(picture);
			else if (FINAL.has(kind) || tries >= MOST_TRIES) outcome.told.push({ taskId, kind, error });
			else continue;
			open.delete(taskId);
		}
		goOn();
	}

	/** n8n doesn't run a crashed execution again, and shows nothing of what it had done. Its log does. */
	function afterCrash() {
		crashed.push(current);
		const isKnownAgain = row.hasReference || (isEvoLink && failed !== undefined);
		const hasSentNothing = n8n.sentItems(current).length === 0;
		if (isKnownAgain || hasSentNothing) return;
		const sent = sentMarkers([...ordered.keys()]);
		toOrderAgain = wanted.filter(({ marker }) => !sent.includes(marker));
		const logged = row.hasTasks ? n8n.startedTasks([...ordered.keys()]) : [];
		if (isEvoLink) lookIntoList(logged);
		else goOn(logged);
	}

	/** A batch is sent as the first item's. */
	const sentMarkers = (ids) =>
		ids.flatMap((id) => {
			const items = ordered.get(id);
			const sent = n8n.sentItems(id).map((item) => items[item].marker);
			return row.batch && sent.length > 0 ? items.map(({ marker }) => marker) : sent;
		});

	const readers = {
		ordering: ({ status, output }) => {
			if (status === 'waiting') return;
			if (status === 'success') return readOrdered(output);
			if (status === 'running') return afterCrash();
			failed = current;
			retries += 1;
			if (retries > MOST_TRIES) stage = 'done';
		},
		listing: ({ status, output }) => {
			listings += 1;
			if (status !== 'success' && listings % MOST_TRIES !== 0) return;
			goOn((output ?? []).flatMap(tasksOf).filter((id) => outcomes.has(markerOf(id))));
		},
		fetching: ({ status, output }) => {
			if (status === 'success') readFetched(output);
		},
	};

	return {
		batch,
		outcomes,
		isDone: () => stage === 'done',
		/** The wishes of which nothing has come yet. */
		openMarkers: () =>
			[...outcomes]
				.filter(([, { pictures, told }]) => pictures.length === 0 && told.length === 0)
				.map(([marker]) => marker),
		/** What n8n is to do next. */
		next: () => orders[stage](),
		/** Looks at what has become of it. An n8n that was killed before it had begun with it knows nothing of it. */
		look: () => {
			const seen = n8n.row(current);
			if (seen) readers[stage](seen);
		},
		/** The wishes of which the log says that a crashed execution had sent a request for them. */
		sentMarkers: () => sentMarkers([...ordered.keys()]),
		hasCrashed: () => crashed.length > 0,
	};
}

function tasksOf({ taskId, taskIds }) {
	return taskIds ?? (taskId === undefined ? [] : [taskId]);
}
