// What is kept with a suspended execution: taken up by the version that has written it, or by one that means the same.
import type { IExecuteFunctions } from 'n8n-workflow';

import { realClock } from '../../../../pipeline/clock';
import {
	createSuspension,
	forgetSuspension,
	keepSuspension,
	ownSuspension,
} from '../../../../pipeline/suspend/suspension';

const item = { taskIds: ['task-1'], callsBack: true };

/** As much of n8n's context as a suspension is kept in and made from. */
function contextWith(memory: Record<string, unknown>, prompt = 'A red bicycle'): IExecuteFunctions {
	return {
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $runIndex: 0 }),
		getNode: () => ({ parameters: { prompt } }),
		continueOnFail: () => false,
	} as unknown as IExecuteFunctions;
}

/** What n8n has saved once this version has suspended the execution. */
function kept(): Record<string, unknown> {
	const memory = {};
	const context = contextWith(memory);
	keepSuspension(context, createSuspension({ context, clock: realClock }, [item]));
	return memory;
}

function rewritten(change: (record: Record<string, unknown>) => object): Record<string, unknown> {
	const record = JSON.parse(kept().suspension as string) as Record<string, unknown>;
	return { suspension: JSON.stringify(change(record)) };
}

it('is found again by the run that it belongs to', () => {
	expect(ownSuspension(contextWith(kept()))?.items).toEqual([item]);
});

it('is no other one once the parameters have changed', () => {
	expect(ownSuspension(contextWith(kept(), 'A blue bicycle'))).toBeUndefined();
});

it('is gone when it is forgotten', () => {
	const memory = kept();
	forgetSuspension(contextWith(memory));
	expect(memory).toEqual({});
});

it('is taken up from before it had a version', () => {
	const memory = rewritten((record) => ({ ...record, version: undefined, startedAt: undefined }));
	expect(ownSuspension(contextWith(memory))?.items).toEqual([item]);
});

it('is left alone where another version has written it', () => {
	const memory = rewritten((record) => ({ ...record, version: 2 }));
	expect(ownSuspension(contextWith(memory))).toBeUndefined();
});
