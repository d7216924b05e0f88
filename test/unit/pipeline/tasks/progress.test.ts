// How far a run has come, in words, and where there is nobody to tell.
import type { IExecuteFunctions } from 'n8n-workflow';

import { progressOf } from '../../../../pipeline/tasks/progress';

function listener() {
	const heard: string[] = [];
	const context = { sendMessageToUI: (message: string) => void heard.push(message) };
	return { heard, context: context as unknown as IExecuteFunctions };
}

test('each one that ends is told, and how many have failed', () => {
	const { heard, context } = listener();
	const progress = progressOf(context, 3, 'items');
	progress.oneMore();
	progress.oneMore(true);
	progress.oneMore();
	expect(heard).toEqual([
		'1 of 3 items are done.',
		'2 of 3 items are done, 1 of them failed.',
		'3 of 3 items are done, 1 of them failed.',
	]);
});

test('what an earlier try has finished counts', () => {
	const { heard, context } = listener();
	progressOf(context, 5, 'items', 3).oneMore();
	expect(heard).toEqual(['4 of 5 items are done.']);
});

test('one alone is not told', () => {
	const { heard, context } = listener();
	progressOf(context, 1, 'items').oneMore();
	expect(heard).toEqual([]);
});

test('an n8n or a place without an editor is left alone', () => {
	expect(() => progressOf({} as IExecuteFunctions, 2, 'items').oneMore()).not.toThrow();
});
