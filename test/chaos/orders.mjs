// The executions that a person starts: n8n is told them as test/chaos/n8n/types.ts says.
import { fetchParameters, listParameters, orderParameters } from './rows.mjs';

/**
 * Orders images for these wishes. `mayStop`: whether a failure ends the execution, or becomes an item; `retryOf`: the
 * failed execution that is retried.
 */
export function toOrder({ row, handling }, { id, wishes, mayStop, retryOf, isWaiting }) {
	return {
		id,
		node: row.node,
		parameters: orderParameters(row),
		items: wishes.map(({ marker, prompt }) => ({ marker, prompt })),
		hasPictures: row.edits === true,
		retryOnFail: handling === 'retryOnFail',
		onError: mayStop ? 'stopWorkflow' : 'continueRegularOutput',
		retryOf,
		isWaiting,
	};
}

/** Fetches the images of these tasks or batches. */
export function toFetch({ row }, id, taskIds) {
	return {
		id,
		node: row.node,
		parameters: fetchParameters(row),
		items: taskIds.map((taskId) => ({ taskId })),
		retryOnFail: false,
		onError: 'continueRegularOutput',
	};
}

/** Lists all tasks of the account. */
export function toList({ row }, id) {
	return {
		id,
		node: row.node,
		parameters: listParameters,
		items: [{}],
		retryOnFail: false,
		onError: 'stopWorkflow',
	};
}
