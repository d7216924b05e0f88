// What came otherwise than it was asked for: what is said of it, and that many items make one hint.
import type { IExecuteFunctions, NodeExecutionHint } from 'n8n-workflow';

import {
	noteShortfall,
	shortfallIn,
	tellShortfalls,
	type Arrived,
} from '../../../../pipeline/told/shortfalls';
import { createRedactor } from '../../../../pipeline/secrets/redactor';
import type { ImageTask } from '../../../../providers/contract';

const task = (asked?: ImageTask['asked'], message?: string): ImageTask => ({
	id: 't',
	status: 'succeeded',
	images: [],
	asked,
	...(message !== undefined && { failure: { code: 'fewer_images', message } }),
	raw: {},
});
const picture = (asked: string | undefined, width?: number, height?: number) => ({
	facts: { type: 'png', bytes: 1, width, height } as const,
	asked,
});
const nothingSaid: Partial<Arrived> = { tasks: [task()], count: 1, pictures: [] };

test.each<[string, Partial<Arrived>, string]>([
	['as many as were asked for', { tasks: [task({ count: 2 })], count: 2 }, ''],
	['more than were asked for', { tasks: [task({ count: 1 })], count: 2 }, ''],
	['nobody knows how many were', { tasks: [task({ size: '1:1' })], count: 1 }, ''],
	['fewer', { tasks: [task({ count: 4 })], count: 1 }, 'Only 1 of 4 images of item 3 arrived.'],
	[
		'fewer, and it is said why',
		{ tasks: [task({ count: 4 }, 'It was refused.')], count: 3 },
		'Only 3 of 4 images of item 3 arrived. It was refused.',
	],
	['no reason for what is not missing', { tasks: [task({ count: 1 }, 'Odd.')], count: 1 }, ''],
	[
		'fewer of several tasks, with the same reason',
		{ tasks: [task({ count: 2 }, 'Refused.'), task({ count: 2 }, 'Refused.')], count: 2 },
		'Only 2 of 4 images of item 3 arrived. Refused.',
	],
	['one of several tasks is not known', { tasks: [task({ count: 2 }), task()], count: 1 }, ''],
	['the right size', { pictures: [picture('1536x1024', 1536, 1024)] }, ''],
	['a size that nobody has looked at', { pictures: [picture('1536x1024')] }, ''],
	[
		'another size',
		{ pictures: [picture('1536x1024', 1024, 1024)] },
		'The image of item 3 has 1024 × 1024 pixels, not the size 1536x1024 that was asked for.',
	],
	[
		'another size now and then',
		{
			pictures: [
				picture('16:9', 1024, 1024),
				picture('16:9', 1820, 1024),
				picture('16:9', 512, 512),
				picture('16:9', 512, 512),
			],
		},
		'3 of 4 images of item 3 have 1024 × 1024, 512 × 512 pixels, not the size 16:9 that was asked for.',
	],
	[
		'fewer, and of another size',
		{ tasks: [task({ count: 2 })], pictures: [picture('3:2', 512, 512)] },
		'Only 1 of 2 images of item 3 arrived. The image of item 3 has 512 × 512 pixels, not the size 3:2 that was asked for.',
	],
])('%s', (_rule, arrived, told) => {
	expect(shortfallIn({ ...nothingSaid, ...arrived } as Arrived, 'item 3')).toBe(told);
});

describe('what has been noted', () => {
	function execution() {
		const hints: NodeExecutionHint[] = [];
		const addExecutionHints = (...more: NodeExecutionHint[]) => hints.push(...more);
		const context = { addExecutionHints } as unknown as IExecuteFunctions;
		return { context, redact: createRedactor(['sk-secret']), hints };
	}

	it('is told once, in the order of the items, and not of all of them', () => {
		const run = execution();
		for (let item = 39; item >= 0; item--) noteShortfall(run.context, item, `Item ${item}.`);
		tellShortfalls(run);
		tellShortfalls(run);
		expect(run.hints.map(({ message }) => message)).toEqual([
			'Item 0. Item 1. Item 2. Item 3. Item 4. There are 35 more with fewer images, or images of another size, than was asked for.',
		]);
	});

	it('is all that was noted of an item, without secrets', () => {
		const run = execution();
		noteShortfall(run.context, 0, 'One of sk-secret.');
		noteShortfall(run.context, 0, 'Two.');
		tellShortfalls(run);
		expect(run.hints.map(({ message }) => message)).toEqual([
			expect.stringMatching(/^One of (?!sk-secret).*\. Two\.$/),
		]);
	});

	it('is nothing where nothing was', () => {
		const run = execution();
		tellShortfalls(run);
		expect(run.hints).toEqual([]);
	});

	it('belongs to one execution', () => {
		const [one, other] = [execution(), execution()];
		noteShortfall(one.context, 0, 'One.');
		tellShortfalls(other);
		expect(other.hints).toEqual([]);
	});
});
