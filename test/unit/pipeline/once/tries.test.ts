// Which of its tries n8n's Retry On Fail is at.
import type { IExecuteFunctions } from 'n8n-workflow';

import { beginTry, isLastTry } from '../../../../pipeline/once/tries';

interface Run {
	retryOnFail?: boolean;
	maxTries?: number;
	execution?: string;
	runIndex?: number;
}

function nodeIn(memory: object) {
	return ({ retryOnFail = true, maxTries, execution = '7', runIndex }: Run = {}) =>
		({
			getNode: () => ({ retryOnFail, maxTries }),
			getContext: () => memory,
			getExecutionId: () => execution,
			getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		}) as unknown as IExecuteFunctions;
}

test.each<[string, Run, boolean[]]>([
	['three, unless the node says otherwise', {}, [false, false, true, true]],
	['as many as the node says', { maxTries: 2 }, [false, true]],
	['five at most', { maxTries: 9 }, [false, false, false, false, true]],
	['one without Retry On Fail', { retryOnFail: false, maxTries: 5 }, [true]],
])('there are %s', (_how, run, expected) => {
	const next = nodeIn({});
	const found = expected.map(() => {
		const context = next(run);
		beginTry(context);
		return isLastTry(context);
	});
	expect(found).toEqual(expected);
});

test.each<[string, Run, string | undefined]>([
	['another run of the node', { runIndex: 1 }, undefined],
	['another execution', { execution: '8' }, undefined],
	['an execution that goes on after it was suspended', {}, 'a suspension'],
])('%s has tries of its own', (_what, run, suspension) => {
	const next = nodeIn({});
	beginTry(next({ maxTries: 2 }));
	const other = next({ maxTries: 2, ...run });
	beginTry(other, suspension);
	expect(isLastTry(other)).toBe(false);
	beginTry(other, suspension);
	expect(isLastTry(other)).toBe(true);
});
