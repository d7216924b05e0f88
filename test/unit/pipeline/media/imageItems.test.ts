// A task's images as items, where some can't be had: which come out, what is said of the others, and when it fails.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../../../../pipeline/connection';
import { imageItemsOfAll } from '../../../../pipeline/media/imageItems';
import type { StoredImage } from '../../../../pipeline/media/storedImage';
import { createRedactor } from '../../../../pipeline/redact';
import type { ImageTask, TaskImage } from '../../../../providers/contract';
import { downloadFailure, ImageFailure } from '../../../../providers/failure';
import { createOpenAiImages } from '../../../../providers/openai/images';

const png: StoredImage = {
	binary: { data: 'test', mimeType: 'image/png', fileName: 'openai.png' },
	facts: { type: 'png', bytes: 100, width: 3, height: 2 },
	mimeType: 'image/png',
};
const unknown: StoredImage = {
	binary: { data: 'test', mimeType: 'application/octet-stream', fileName: 'openai' },
	facts: { type: 'unknown', bytes: 50 },
	mimeType: 'application/octet-stream',
};
const damaged = downloadFailure({ message: 'It arrived incomplete.', advice: 'Fetch it again.' });
const INSIDE = "It stood inside the answer, so it can't be fetched a second time.";

const taskWith = (images: TaskImage[], parts: Partial<ImageTask> = {}): ImageTask => ({
	id: '',
	status: 'succeeded',
	images,
	raw: {},
	...parts,
});

async function itemsOf(images: TaskImage[], task: Partial<ImageTask> = {}, missingAsItems = false) {
	return await itemsOfAll([taskWith(images, task)], missingAsItems);
}

async function itemsOfAll(tasks: ImageTask[], missingAsItems = false) {
	const hints: string[] = [];
	const connection: Connection = {
		context: {
			helpers: {},
			addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		} as unknown as IExecuteFunctions,
		credentialType: 'openAiImagesApi',
		provider: createOpenAiImages('https://api.openai.com/v1'),
		received: new Map<string, StoredImage | ImageFailure>([
			['stored:good', png],
			['stored:odd', unknown],
			['stored:damaged', damaged],
		]),
		redact: createRedactor([]),
	};
	const items = await imageItemsOfAll(connection, tasks, {
		itemIndex: 4,
		missingAsItems,
		download: async (job) => await job(),
	});
	return { items: items.map(({ json }) => json), hints };
}

const detailsOf = async (promise: Promise<unknown>) => {
	const error = await promise.catch((caught: unknown) => caught);
	if (error instanceof ImageFailure) return error.details;
	throw new Error('An ImageFailure was expected.');
};

const failureOf = async (...given: Parameters<typeof itemsOf>) =>
	await detailsOf(itemsOf(...given));

test('a damaged one is told, and the cost is shared by those that came', async () => {
	const images = [
		{ stored: 'stored:damaged' },
		{ stored: 'stored:good' },
		{ stored: 'stored:good' },
	];
	const cost = { amount: 0.06, currency: 'USD' as const, estimated: false };
	const { items, hints } = await itemsOf(images, { cost });
	expect(items).toMatchObject([
		{ index: 1, count: 3, width: 3, cost: { amount: 0.03 } },
		{ index: 2, count: 3, width: 3, cost: { amount: 0.03 } },
	]);
	expect(hints).toEqual([`Image 1 of 3 of item 4 is missing. It arrived incomplete. ${INSIDE}`]);
});

test('one of a task can be fetched again by its ID', async () => {
	const images = [{ stored: 'stored:damaged' }, { stored: 'stored:good' }];
	const { hints } = await itemsOf(images, { id: 'resp_1' });
	expect(hints).toEqual([
		'Image 1 of 2 of item 4 is missing. It arrived incomplete. Fetch it again. Task ID: resp_1',
	]);
});

test('one whose reference leads nowhere is missing too', async () => {
	const { items, hints } = await itemsOf([{ stored: 'stored:gone' }, { stored: 'stored:good' }]);
	expect(items).toHaveLength(1);
	expect(hints).toEqual([
		`Image 1 of 2 of item 4 is missing. The picture that came inside the answer is no longer there. ${INSIDE}`,
	]);
});

test('what is no link is missing also where links are enough, and is never shown as one', async () => {
	const url = `data:image/png;base64,${'iVBORw0KGgo'.repeat(1000)}`;
	const { items, hints } = await itemsOf([{ url }, { url: 'https://a.test/x.png' }]);
	expect(items).toMatchObject([{ url: 'https://a.test/x.png', index: 1 }]);
	expect(hints[0]!.length).toBeLessThan(400);
	expect(hints[0]).toContain('isn\'t a web address: "data:image/png;base64,');
});

test('entries that could not be read are counted and told', async () => {
	const { items, hints } = await itemsOf([{ stored: 'stored:good' }], { unread: 2, id: 'resp_1' });
	expect(items).toMatchObject([{ index: 0, count: 3 }]);
	expect(hints).toEqual([
		"2 of 3 images of item 4 could not be read: OpenAI wrote them in a form that this node doesn't know. Task ID: resp_1",
	]);
});

test('what nobody knows comes out as a file, with a hint', async () => {
	const { items, hints } = await itemsOf([{ stored: 'stored:odd' }], { id: 'resp_1' });
	expect(items).toMatchObject([
		{ fileName: 'openai-resp_1-1', mimeType: 'application/octet-stream', fileSize: 50 },
	]);
	expect(hints).toEqual([
		"Image 1 of 1 of item 4 is of a type that this node doesn't know. It is kept as a file without a type, as it may have been charged.",
	]);
});

test('where there are no hints, an item says what is missing', async () => {
	const images = [{ stored: 'stored:good' }, { url: '/x.png' }, { stored: 'stored:damaged' }];
	const { items } = await itemsOf(images, { id: 'resp_1', model: 'gpt-image-2' }, true);
	expect(items[0]).toMatchObject({ status: 'succeeded', index: 0 });
	expect(items.slice(1)).toEqual([
		{
			taskId: 'resp_1',
			provider: 'openai',
			model: 'gpt-image-2',
			status: 'failed',
			index: 1,
			count: 3,
			error: 'The link to the picture isn\'t a web address: "/x.png".',
			advice: expect.any(String),
		},
		{
			taskId: 'resp_1',
			provider: 'openai',
			model: 'gpt-image-2',
			status: 'failed',
			index: 2,
			count: 3,
			error: 'It arrived incomplete.',
			advice: 'Fetch it again.',
		},
	]);
});

test('when none can be had, the first one’s failure is thrown, with the task', async () => {
	const images = [{ stored: 'stored:damaged' }, { stored: 'stored:gone' }];
	expect(await failureOf(images, { id: 'resp_1' })).toMatchObject({
		kind: 'download',
		message: 'It arrived incomplete.',
		taskId: 'resp_1',
	});
	expect(await failureOf([{ stored: 'stored:damaged' }])).toEqual(damaged.details);
	expect(await failureOf([{ url: '/x.png' }])).toMatchObject({ kind: 'download' });
});

test('times that can not be are left out', async () => {
	const expiresAt = new Date(Number.NaN);
	const { items } = await itemsOf([{ stored: 'stored:good' }], { expiresAt });
	expect(items[0]).not.toHaveProperty('expiresAt');
});

describe('images of several tasks that were ordered together', () => {
	const good = { stored: 'stored:good' };
	const lost = { stored: 'stored:damaged' };

	it('count within the whole, also where some are missing', async () => {
		const { items, hints } = await itemsOfAll([
			taskWith([good, good], { id: 'one' }),
			taskWith([lost], { id: 'two' }),
			taskWith([], { id: 'three' }),
			taskWith([lost, good], { id: 'four', unread: 1 }),
		]);
		expect(
			items.map(({ taskId, index, count, fileName }) => [taskId, index, count, fileName]),
		).toEqual([
			['one', 0, 7, 'openai-one-1.png'],
			['one', 1, 7, 'openai-one-2.png'],
			['four', 5, 7, 'openai-four-2.png'],
		]);
		expect(hints).toEqual([
			'Image 3 of 7 of item 4 is missing. It arrived incomplete. Fetch it again. Task ID: two',
			expect.stringMatching(
				/^Image 4 of 7 of item 4 is missing\. OpenAI says that the task is done, but names no image\. .+ Task ID: three$/,
			),
			expect.stringMatching(/^Image 5 of 7 .+ Task ID: four$/),
			expect.stringMatching(/^1 of 3 images of item 4 could not be read: .+ Task ID: four$/),
		]);
	});

	it('fail with the first one when none can be had', async () => {
		const tasks = [taskWith([], { id: 'one' }), taskWith([lost], { id: 'two' })];
		expect(await detailsOf(itemsOfAll(tasks))).toMatchObject({ taskId: 'one' });
	});

	it('fail where one of the tasks has failed', async () => {
		const failure = { code: 'server_error', message: 'It broke.' };
		const tasks = [
			taskWith([good], { id: 'one' }),
			taskWith([], { id: 'two', status: 'failed', failure }),
		];
		expect((await detailsOf(itemsOfAll(tasks))).taskId).toBe('two');
	});
});
