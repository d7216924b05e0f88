// A task's images as items, where some can't be had: which come out, what is said of the others, and when it fails.
import type { IExecuteFunctions } from 'n8n-workflow';

import { realClock } from '../../../../pipeline/clock';
import type { Connection } from '../../../../pipeline/connection';
import { imageItemsOfAll } from '../../../../pipeline/media/imageItems';
import { tellShortfalls } from '../../../../pipeline/told/shortfalls';
import { createPictureStore } from '../../../../pipeline/media/store/pictureStore';
import type { StoredImage } from '../../../../pipeline/media/store/storedImage';
import { createRedactor } from '../../../../pipeline/secrets/redactor';
import type { PictureReference } from '../../../../providers/answers/pictureReference';
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
const KEY = ['sk-abcdef', '0123456789'].join('_');
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

const pictureAt = (stored: PictureReference): TaskImage => ({ stored });

async function itemsOfAll(tasks: ImageTask[], missingAsItems = false, hintOnItem = false) {
	const hints: string[] = [];
	const pictures = createPictureStore(
		{ helpers: {} } as unknown as IExecuteFunctions,
		'test',
		(text) => text,
	);
	pictures.restore('stored:good', png);
	pictures.restore('stored:odd', unknown);
	pictures.restore('stored:damaged', damaged);
	const connection: Connection = {
		context: {
			helpers: {},
			getNode: () => ({ type: 'openAiImages' }),
			addExecutionHints: ({ message }: { message: string }) => hints.push(message),
		} as unknown as IExecuteFunctions,
		credentialType: 'openAiImagesApi',
		provider: createOpenAiImages('https://api.openai.com/v1'),
		clock: realClock,
		pictures,
		openFile: async () => await Promise.reject(new Error('Nothing is to be opened.')),
		redact: createRedactor([KEY]),
	};
	const items = await imageItemsOfAll(connection, tasks, {
		itemIndex: 4,
		missingAsItems,
		hintOnItem,
		download: async (job) => await job(),
	});
	const tell = () => tellShortfalls(connection);
	return { items: items.map(({ json }) => json), hints, tell };
}

const detailsOf = async (promise: Promise<unknown>) => {
	const error = await promise.catch((caught: unknown) => caught);
	if (error instanceof ImageFailure) return error.details;
	throw new Error('An ImageFailure was expected.');
};

const failureOf = async (...given: Parameters<typeof itemsOf>) =>
	await detailsOf(itemsOf(...given));

test('a damaged one is told, and the cost is shared by those that came', async () => {
	const images = [pictureAt('stored:damaged'), pictureAt('stored:good'), pictureAt('stored:good')];
	const cost = { amount: 0.06, currency: 'USD' as const, estimated: false };
	const { items, hints } = await itemsOf(images, { cost });
	expect(items).toMatchObject([
		{ index: 1, count: 3, width: 3, cost: { amount: 0.03 } },
		{ index: 2, count: 3, width: 3, cost: { amount: 0.03 } },
	]);
	expect(hints).toEqual([`Image 1 of 3 of item 4 is missing. It arrived incomplete. ${INSIDE}`]);
});

test('cost and usage can be summed over the items', async () => {
	const cost = { amount: 0.1, currency: 'USD' as const, credits: 1, estimated: true };
	const usage = { total_tokens: 77 };
	const images = Array.from({ length: 3 }, () => pictureAt('stored:good'));
	const { items } = await itemsOf(images, { cost, usage });
	expect(items.map(({ cost: share }) => share)).toEqual([
		{ ...cost, amount: 0.03333334, credits: 0.33333334 },
		{ ...cost, amount: 0.03333333, credits: 0.33333333 },
		{ ...cost, amount: 0.03333333, credits: 0.33333333 },
	]);
	expect(items.map(({ usage: counted }) => counted)).toEqual([usage, undefined, undefined]);
});

test('the usage stands on the first image that came', async () => {
	const usage = { total_tokens: 77 };
	const images = [pictureAt('stored:damaged'), pictureAt('stored:good'), pictureAt('stored:good')];
	const { items } = await itemsOf(images, { usage });
	expect(items.map(({ usage: counted }) => counted)).toEqual([usage, undefined]);
});

test('one of a task can be fetched again by its ID', async () => {
	const images = [pictureAt('stored:damaged'), pictureAt('stored:good')];
	const { hints } = await itemsOf(images, { id: 'resp_1' });
	expect(hints).toEqual([
		'Image 1 of 2 of item 4 is missing. It arrived incomplete. Fetch it again. Task ID: resp_1',
	]);
});

test('one whose reference leads nowhere is missing too', async () => {
	const { items, hints } = await itemsOf([pictureAt('stored:gone'), pictureAt('stored:good')]);
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

test('a key at which such a link is cut is hidden', async () => {
	const url = `/${'x'.repeat(90)}${KEY}`;
	const { hints } = await itemsOf([{ url }, { url: 'https://a.test/x.png' }]);
	expect(hints[0]).toContain('xxx•••"');
});

test('entries that could not be read are counted and told', async () => {
	const { items, hints } = await itemsOf([pictureAt('stored:good')], { unread: 2, id: 'resp_1' });
	expect(items).toMatchObject([{ index: 0, count: 3 }]);
	expect(hints).toEqual([
		"2 of 3 images of item 4 could not be read: OpenAI wrote them in a form that this node doesn't know. Task ID: resp_1",
	]);
});

test('what nobody knows comes out as a file, with a hint', async () => {
	const { items, hints } = await itemsOf([pictureAt('stored:odd')], { id: 'resp_1' });
	expect(items).toMatchObject([
		{ fileName: 'openai-resp_1-1', mimeType: 'application/octet-stream', fileSize: 50 },
	]);
	expect(hints).toEqual([
		"Image 1 of 1 of item 4 is of a type that this node doesn't know. It is kept as a file without a type, as it may have been charged.",
	]);
});

test('where there are no hints, an item says what is missing', async () => {
	const images = [pictureAt('stored:good'), { url: '/x.png' }, pictureAt('stored:damaged')];
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
	const images = [pictureAt('stored:damaged'), pictureAt('stored:gone')];
	expect(await failureOf(images, { id: 'resp_1' })).toMatchObject({
		kind: 'download',
		message: 'It arrived incomplete.',
		taskId: 'resp_1',
	});
	expect(await failureOf([pictureAt('stored:damaged')])).toEqual({
		...damaged.details,
		advice: INSIDE,
	});
	expect(await failureOf([{ url: '/x.png' }])).toMatchObject({
		kind: 'download',
		advice: expect.stringMatching(/^Whoever runs the server/),
	});
});

test('times that can not be are left out', async () => {
	const expiresAt = new Date(Number.NaN);
	const { items } = await itemsOf([pictureAt('stored:good')], { expiresAt });
	expect(items[0]).not.toHaveProperty('expiresAt');
});

describe('images of several tasks that were ordered together', () => {
	const good = pictureAt('stored:good');
	const lost = pictureAt('stored:damaged');

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

describe('what was asked for and did not come', () => {
	const short = taskWith([pictureAt('stored:good')], { asked: { count: 3, size: '3:2' } });
	const TOLD = 'Only 1 of 3 images of item 4 arrived.';

	test('is told at the end of the run, and not on the item', async () => {
		const { items, hints, tell } = await itemsOfAll([short]);
		expect(hints).toEqual([]);
		tell();
		expect(hints).toEqual([TOLD]);
		expect(items[0]).not.toHaveProperty('hint');
	});

	test('is told by the first item where n8n shows no hints, as in a trigger', async () => {
		const { items } = await itemsOfAll([short], true, true);
		expect(items).toMatchObject([{ status: 'succeeded', hint: TOLD }]);
	});

	test('an image that could not be read or fetched has come all the same', async () => {
		const images = [pictureAt('stored:good'), pictureAt('stored:damaged')];
		const { hints, tell } = await itemsOfAll([
			taskWith(images, { unread: 1, asked: { count: 3 } }),
		]);
		tell();
		expect(hints).toHaveLength(2);
		expect(hints.join()).not.toContain('Only');
	});
});
