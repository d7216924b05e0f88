// Waiting that ends at once when the execution is cancelled.
import { sleep } from 'n8n-workflow';

import { ImageFailure } from '../providers/failure';
import { settle } from './settle';

/** Sleeps for some milliseconds. Throws a `cancelled` failure as soon as the signal is aborted. */
export async function pause(milliseconds: number, signal?: AbortSignal): Promise<void> {
	await settle(sleep(Math.max(0, milliseconds), signal));
	throwIfCancelled(signal);
}

export function throwIfCancelled(signal?: AbortSignal): void {
	if (!signal?.aborted) return;
	throw new ImageFailure({
		kind: 'cancelled',
		// n8n knows by this word that the execution was canceled and has not failed.
		message: 'The execution was canceled.',
		advice: 'Tasks that were already started go on at the provider.',
	});
}
