// What came out of n8n for each wish: images, errors that carry a task's ID, and what crashed executions have kept.
import { markerIn } from './wishes.mjs';
import { MAKE, OUT, READ, WISHES, WITH_FILE } from './workflows.mjs';

export const UNFINISHED = new Set(['new', 'running', 'waiting']);

const runDataOf = ({ data }) => data?.resultData?.runData ?? {};

/** The items of all runs of a node, at its first output. */
function itemsOf(execution, nodeName) {
	const runs = runDataOf(execution)[nodeName] ?? [];
	return runs.flatMap(({ data }) => data?.main?.[0] ?? []);
}

/** Which item a node's item came from, as n8n itself follows items through nodes. */
function sourceIndex({ pairedItem }) {
	const first = Array.isArray(pairedItem) ? pairedItem[0] : pairedItem;
	return typeof first === 'object' ? first?.item : first;
}

const idOf = ({ json }) => json.taskId ?? json.customId;

/**
 * The marker of an item that the node that made the images has put out at this place. In a workflow without branches
 * the places stay the same up to its end.
 */
function pairedMarker(execution, index) {
	const made = itemsOf(execution, MAKE)[index];
	return made && itemsOf(execution, WISHES)[sourceIndex(made)]?.json.marker;
}

/**
 * Keeps reading executions as they finish.
 * @param {object} owner from scripts/lib/n8n-rest.mjs
 * @param {Array<{workflowId: string, recoveredBy?: string, receivesFor?: string, isStraight?: boolean}>} sources
 *   receivesFor: the row for which a trigger's workflow is there.
 *   isStraight: no branch, so that the order of items can be checked.
 */
export function createResults(owner, sources) {
	/** By marker. */
	const outcomes = new Map();
	/** Ids that n8n has, although nothing has come of them yet, by marker. */
	const savedIds = new Map();
	const statuses = new Map();
	const read = new Set();
	const markerByHash = new Map();

	const outcomeOf = (marker) => {
		const found = outcomes.get(marker) ?? { images: [], errors: [] };
		outcomes.set(marker, found);
		return found;
	};

	/** A picture that two wishes got is a mistake somewhere, whoever made it. */
	function checkIsNew(hash, marker) {
		const other = markerByHash.get(hash) ?? marker;
		markerByHash.set(hash, marker);
		if (other !== marker) throw new Error(`${marker} and ${other} have the same picture.`);
	}

	async function readExecution(id, { recoveredBy, isStraight, receivesFor }, markers) {
		const execution = await owner.execution(id);
		for (const { json } of itemsOf(execution, MAKE)) {
			const marker = markers.get(json.taskId);
			if (marker !== undefined) savedIds.set(marker, json.taskId);
		}
		const markerOf = (item, index) => {
			const byId = markers.get(idOf(item));
			const byPlace = isStraight ? pairedMarker(execution, index) : undefined;
			if (byId !== undefined && byPlace !== undefined && byId !== byPlace) {
				throw new Error(`Execution ${id} has the image of ${byId} in the place of ${byPlace}.`);
			}
			return markerIn(byId ?? byPlace ?? '');
		};
		for (const [index, item] of itemsOf(execution, OUT).entries()) {
			const marker = markerOf(item, index);
			const isError = item.json.error || item.json.status === 'failed';
			if (marker !== undefined && isError && item.json.taskId) {
				outcomeOf(marker).errors.push({ executionId: id, recoveredBy });
			}
		}
		for (const item of itemsOf(execution, READ)) {
			// Two nodes ago it stood where it stands in the output of the node that made it.
			const marker = markerOf(item, sourceIndex(itemsOf(execution, WITH_FILE)[sourceIndex(item)]));
			if (marker === undefined) continue;
			checkIsNew(item.json.hash, marker);
			outcomeOf(marker).images.push({ executionId: id, recoveredBy, receivesFor });
		}
	}

	return {
		outcomes,
		savedIds,
		/** The latest known status of each execution. */
		statuses,
		/**
		 * Reads what has finished since. Answers how many executions are still under way.
		 * @param {() => Promise<Map<string, string>>} readMarkers by task ID. Asked for after the executions are listed,
		 *   so that every task of a finished one is in it.
		 * @param {(execution: {id: string, status: string}) => boolean} isAbandoned of one under way: whether nobody will
		 *   ever go on with it.
		 */
		update: async (readMarkers, isAbandoned) => {
			let unfinished = 0;
			const finished = [];
			for (const source of sources) {
				for (const { id, status } of await owner.executionsOf(source.workflowId)) {
					statuses.set(id, status);
					const isUnfinished = UNFINISHED.has(status);
					if (isUnfinished && !isAbandoned({ id, status })) unfinished += 1;
					if (!isUnfinished && !read.has(id)) finished.push({ id, source });
				}
			}
			const markers = await readMarkers();
			for (const { id, source } of finished) {
				await readExecution(id, source, markers);
				read.add(id);
			}
			return unfinished;
		},
	};
}
