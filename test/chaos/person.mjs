// What a person does to have a batch of images, as the documentation says: retries what has failed, never what has crashed,
// and fetches what was started by the IDs that the output, the log or the provider's list tell.
import { listParameters, orderParameters, waitParameters } from './rows.mjs';

/** After so many tries as they are, the person lets the workflow go on without what fails. */
const RETRIES_AS_IT_IS = 2;
const MOST_TRIES = 8;
/** Failures of fetching that asking again can't mend. */
const FINAL = new Set(['taskFailed', 'moderation', 'notFound', 'noImage']);

/**
 * @param {{number: number, row: object, handling: string, wishes: object[]}} batch
 * @param {object} n8n from n8n.mjs
 * @param {(taskId: string) => string | undefined} markerOf whose task it is, as the person sees by its prompt
 */
export function createPerson(batch, n8n, markerOf) {
	const { row, handling, wishes } = batch;
	const ids = [];
	const crashed = [];
	/** By marker: pictures that came out, and what was said in their place. */
	const outcomes = new Map(wishes.map(({ marker }) => [marker, { pictures: [], told: [] }]));
	let stage = 'ordering';
	let current;
	let failed;
	let retries = 0;
	/** By task ID: how often it was fetched in vain. */
	const toFetch = new Map();
	let listings = 0;

	const nextId = () => {
		current = `${batch.number}-${ids.length + 1}`;
		ids.push(current);
		return current;
	};
	const node = { node: row.node, retryOnFail: false };

	function order() {
		const common = {
			...node,
			parameters: orderParameters(row),
			items: wishes.map(({ marker, prompt }) => ({ marker, prompt })),
			retryOnFail: handling === 'retryOnFail',
			onError:
				handling === 'continue' || retries > RETRIES_AS_IT_IS
					? 'continueRegularOutput'
					: 'stopWorkflow',
		};
		if (current && n8n.row(current)?.status === 'waiting') {
			return { ...common, id: current, isWaiting: true };
		}
		return { ...common, id: nextId(), retryOf: failed };
	}

	const orders = {
		ordering: order,
		listing: () => ({
			...node,
			id: nextId(),
			parameters: listParameters,
			items: [{}],
			onError: 'stopWorkflow',
		}),
		fetching: () => ({
			...node,
			id: nextId(),
			parameters: waitParameters,
			items: [...toFetch.keys()].map((taskId) => ({ taskId })),
			onError: 'continueRegularOutput',
		}),
	};

	const isOut = (taskId) => outcomes.get(markerOf(taskId))?.pictures.length > 0;

	function fetchNext(taskIds) {
		for (const id of taskIds) if (!toFetch.has(id) && !isOut(id)) toFetch.set(id, 0);
		stage = toFetch.size > 0 ? 'fetching' : 'done';
	}

	function readOrdered(output) {
		for (const item of output) readOrderedItem(item);
		const found = output.filter(({ picture }) => !picture).flatMap(tasksOf);
		const isUnsure = output.some(({ mayBeCharged, taskId }) => mayBeCharged && !taskId);
		if (isUnsure && row.provider === 'evolink') {
			for (const id of found) toFetch.set(id, 0);
			stage = 'listing';
		} else fetchNext(found);
	}

	function readOrderedItem({ item, taskId, picture, error, mayBeCharged, advice }) {
		const { marker } = wishes[item] ?? {};
		const whose = taskId === undefined ? marker : markerOf(taskId);
		const outcome = outcomes.get(marker ?? whose);
		if (picture && whose !== marker) throw new Error(`${marker} got the picture of ${whose}.`);
		if (picture) outcome.pictures.push({ picture, isDirect: true });
		else if (error) outcome.told.push({ taskId, mayBeCharged, advice, error });
	}

	function readFetched(output) {
		const asked = [...toFetch.keys()];
		for (const { item, picture, error, kind } of output) {
			const taskId = asked[item];
			const outcome = outcomes.get(markerOf(taskId));
			const tries = toFetch.get(taskId) + 1;
			toFetch.set(taskId, tries);
			if (picture) outcome.pictures.push({ picture, isDirect: false });
			else if (FINAL.has(kind) || tries >= MOST_TRIES) outcome.told.push({ taskId, kind, error });
			else continue;
			toFetch.delete(taskId);
		}
		fetchNext([]);
	}

	/** n8n doesn't run a crashed execution again, and shows nothing of what it had done. */
	function afterCrash() {
		crashed.push(current);
		const isKnownAgain = row.hasReference || (row.provider === 'evolink' && failed !== undefined);
		if (isKnownAgain) return;
		const logged = row.hasTasks ? n8n.startedTasks(ids) : [];
		if (row.provider === 'evolink') {
			for (const id of logged) toFetch.set(id, 0);
			stage = 'listing';
		} else fetchNext(logged);
	}

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
			const isOver = status === 'success' || listings > MOST_TRIES;
			if (!isOver) return;
			const own = (output ?? []).flatMap(tasksOf).filter((id) => outcomes.has(markerOf(id)));
			fetchNext(own);
		},
		fetching: ({ status, output }) => {
			if (status === 'success') readFetched(output);
		},
	};

	return {
		batch,
		outcomes,
		isDone: () => stage === 'done',
		stage: () => stage,
		/** What n8n is to do next. */
		next: () => orders[stage](),
		/** Looks at what has become of it. */
		look: () => {
			// Killed before it was begun: n8n knows nothing of it, so it is begun anew.
			const seen = n8n.row(current);
			if (seen) readers[stage](seen);
		},
		/** The wishes of which the log says that a crashed execution had sent a request for them. */
		sentMarkers: () => n8n.sentItems(crashed).map((item) => wishes[item].marker),
		hasCrashed: () => crashed.length > 0,
	};
}

function tasksOf({ taskId, taskIds }) {
	return taskIds ?? (taskId === undefined ? [] : [taskId]);
}
