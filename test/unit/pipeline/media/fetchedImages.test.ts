// A task's images that lie at links, as items: which are fetched, what is noted of them, and what else becomes of the run.
import type { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';

import type { IBinaryData } from 'n8n-workflow';

import {
	imageItems,
	imageItemsOfAll,
	type OutputOptions,
} from '../../../../pipeline/media/imageItems';
import { notedShortfall } from '../../../../pipeline/told/shortfalls';
import { notedSpending, tellSpending } from '../../../../pipeline/told/spending';
import { noteRepeat } from '../../../../pipeline/told/repeats';
import { failureIn } from '../../../../pipeline/result';
import { connect } from '../../../../pipeline/session';
import type { ImageTask } from '../../../../providers/contract';
import { evoLink } from '../evoLinkTasks';
import { otherEnd, type Asked, type Told } from '../otherEnd';
import { png } from '../pictureStore';
import { createVirtualClock } from '../virtualClock';

let picture: Buffer;
beforeAll(async () => (picture = await png('red')));

const URL_1 = 'https://files.test/1.png';
const URL_2 = 'https://files.test/2.png';
const SECRET = 'sk-secret-key';

const taskWith = (parts: Partial<ImageTask> = {}): ImageTask => ({
	id: 'task-1',
	status: 'succeeded',
	images: [{ url: URL_1 }, { url: URL_2 }],
	raw: {},
	...parts,
});

interface Given {
	tell(asked: Asked): Told;
	options: Partial<OutputOptions>;
	/** Whether an AI agent runs the node. */
	isTool: boolean;
	signal: AbortSignal;
	isRepeated: boolean;
}

/** For item 4. */
function run(tasks: ImageTask[], given: Partial<Given> = {}) {
	const { tell = () => ({ body: picture }), options, isTool = false, signal, isRepeated } = given;
	const clock = createVirtualClock();
	const { context, asked } = otherEnd(clock, tell);
	const hints: string[] = [];
	Object.assign(context, {
		getNode: () => ({ type: isTool ? 'evoLinkTool' : 'evoLink' }),
		getInstanceBaseUrl: () => 'https://n8n.example.com/',
		addExecutionHints: ({ message }: { message: string }) => hints.push(message),
	});
	Object.assign(context.helpers, {
		prepareBinaryData: async (stream: Readable, fileName: string, mimeType: string) => {
			await buffer(stream);
			return { data: 'test', id: fileName, fileName, mimeType } as IBinaryData;
		},
		createBinarySignedUrl: ({ id }: IBinaryData) => `https://n8n.example.com/${id}`,
	});
	if (isRepeated) {
		noteRepeat(context, { provider: 'EvoLink', itemIndex: 4, orderReference: 'row 13' });
	}
	const connection = { ...connect(context, 'evoLinkApi', evoLink, [SECRET], clock), signal };
	let downloads = 0;
	const items = clock.until(
		imageItemsOfAll(connection, tasks, {
			itemIndex: 4,
			fileName: 'fox',
			download: async (job) => {
				downloads += 1;
				return await job();
			},
			...options,
		}),
	);
	return {
		context,
		connection,
		hints,
		clock,
		asked,
		downloads: () => downloads,
		items: async () => {
			const ended = await items;
			if (!ended.ok) throw ended.error;
			return ended.value;
		},
		failure: async () => {
			const ended = await items;
			return ended.ok ? undefined : (failureIn(ended.error)?.details ?? ended.error);
		},
	};
}

const withFiles = { binaryField: 'data' };

describe('where files are wanted', () => {
	test('each is fetched in its turn, and named', async () => {
		const { items, asked, downloads } = run([taskWith()], { options: withFiles });
		const [first, second] = await items();
		expect(first).toMatchObject({
			json: { index: 0, count: 2, fileName: 'fox-1.png', url: URL_1, width: 20, height: 10 },
			binary: { data: { fileName: 'fox-1.png', mimeType: 'image/png' } },
		});
		expect(second?.json).toMatchObject({ index: 1, fileName: 'fox-2.png', url: URL_2 });
		expect(asked.map(({ url }) => url)).toEqual([URL_1, URL_2]);
		expect(downloads()).toBe(2);
	});

	const secondIsGone = ({ url }: Asked): Told =>
		url === URL_2 ? { statusCode: 410 } : { body: picture };
	const GONE = `The link to the picture doesn't work any more (HTTP 410).`;
	const ADVICE = `Links work for ${evoLink.linkLifetime}. Task: Get with this task ID may give a new one.`;

	test('one that is gone is told with its link and its task', async () => {
		const { items, hints } = run([taskWith()], { options: withFiles, tell: secondIsGone });
		expect(await items()).toHaveLength(1);
		expect(hints).toEqual([
			`Image 2 of 2 of item 4 is missing. ${GONE} ${ADVICE} Link: ${URL_2} · Task ID: task-1`,
		]);
	});

	test('one that is gone stands in the list of a grouped item, unless it isn’t to be shown', async () => {
		const options = { ...withFiles, groupImages: true };
		const [grouped] = await run([taskWith()], { options, tell: secondIsGone }).items();
		expect(grouped?.json.images).toMatchObject([
			{ status: 'succeeded', index: 0 },
			{ status: 'failed', index: 1, error: GONE, advice: ADVICE, url: URL_2 },
		]);
		const hidden = { ...options, missingAsItems: false };
		const [without] = await run([taskWith()], { options: hidden, tell: secondIsGone }).items();
		expect(without?.json.images).toMatchObject([{ index: 0 }]);
	});

	test('an execution that was stopped fails as that, though another image has come', async () => {
		const cancel = new AbortController();
		const tell = ({ url }: Asked): Told => (url === URL_2 ? 'never' : { body: picture });
		const { failure, clock } = run([taskWith()], {
			options: withFiles,
			tell,
			signal: cancel.signal,
		});
		void clock.pause(2500).then(() => cancel.abort());
		expect(await failure()).toMatchObject({ kind: 'cancelled' });
	});

	test('a defect is no missing image', async () => {
		const defect = new TypeError('x is undefined');
		const download = async () => await Promise.reject(defect);
		const options = { ...withFiles, download };
		expect(await run([taskWith()], { options }).failure()).toBe(defect);
	});
});

describe('where links are enough', () => {
	test('nothing is fetched', async () => {
		const { items, asked } = run([taskWith()]);
		const [first] = await items();
		expect(first?.json).toMatchObject({ url: URL_1, status: 'succeeded' });
		expect(first?.json).not.toHaveProperty('width');
		expect(first?.binary).toBeUndefined();
		expect(asked).toEqual([]);
	});

	test('the items of one task are those of it alone', async () => {
		const { connection } = run([]);
		const download = async () => await Promise.reject(new Error('Nothing is to be fetched.'));
		const options = { itemIndex: 4, fileName: 'fox', download };
		expect((await imageItems(connection, taskWith(), options)).map(({ json }) => json.url)).toEqual(
			[URL_1, URL_2],
		);
	});

	test('an agent gets links into n8n, as they work for longer', async () => {
		const { items, asked } = run([taskWith()], { isTool: true });
		const [first] = await items();
		expect(first?.json).toMatchObject({ url: 'https://n8n.example.com/fox-1.png', width: 20 });
		expect(first?.binary).toBeUndefined();
		expect(asked).toHaveLength(2);
	});

	test('an agent gets the provider’s links where n8n can’t fetch the pictures', async () => {
		const { items, hints } = run([taskWith()], { isTool: true, tell: () => ({ statusCode: 410 }) });
		expect((await items()).map(({ json }) => json.url)).toEqual([URL_1, URL_2]);
		expect(hints).toEqual([]);
	});

	test('an execution that was stopped meanwhile fails as that', async () => {
		const cancel = new AbortController();
		const given = { isTool: true, tell: () => 'never' as const, signal: cancel.signal };
		const { failure, clock } = run([taskWith()], given);
		void clock.pause(2500).then(() => cancel.abort());
		expect(await failure()).toMatchObject({ kind: 'cancelled' });
	});
});

describe('a task that has failed beside one that has not', () => {
	const failed = taskWith({
		id: 'task-2',
		status: 'failed',
		images: [],
		orderReference: 'row 13',
		failure: { code: 'generation_failed', message: 'No.' },
	});
	const own = evoLink.readTaskFailure(failed).details;

	test('is why it fails, when what was made has been fetched and counted', async () => {
		const cost = { amount: 0.5, currency: 'USD', estimated: false } as const;
		const { failure, asked, context } = run([failed, taskWith({ cost })], { options: withFiles });
		expect(await failure()).toEqual({ ...own, orderReference: 'row 13' });
		expect(asked).toHaveLength(2);
		expect(notedSpending(context, 4)).toMatchObject({ images: 2, amount: 0.5, unpriced: 0 });
	});

	test('says how to get a new one where an earlier try had ordered it', async () => {
		expect(await run([{ ...failed, replayed: true }]).failure()).toEqual({
			...own,
			orderReference: 'row 13',
			advice: `${own.advice} An earlier try had ordered this task, so this one ordered nothing. For a new task, start the workflow anew: Retry brings this one again.`,
		});
	});
});

describe('what is noted of an item', () => {
	const cost = { amount: 0.5, currency: 'USD', estimated: false } as const;

	test.each<[boolean, string]>([
		[false, '2 images, $0.50.'],
		[true, '2 images had been paid for before, $0.50.'],
	])('is what it cost; that it had been ordered before: %s', async (isRepeated, told) => {
		const { items, connection, hints } = run([taskWith({ cost })], { isRepeated });
		await items();
		tellSpending(connection);
		expect(hints).toEqual([told]);
	});

	test('are only the images that have come', async () => {
		const tell = ({ url }: Asked): Told =>
			url === URL_2 ? { statusCode: 410 } : { body: picture };
		const { items, context } = run([taskWith({ cost })], { options: withFiles, tell });
		await items();
		expect(notedSpending(context, 4)).toMatchObject({ images: 1, amount: 0.5 });
	});

	const short = taskWith({ asked: { count: 3 } });
	test.each<[string | undefined, string]>([
		[undefined, 'Only 2 of 3 images of item 4 arrived.'],
		['sku 4711', 'Only 2 of 3 images of the result "sku 4711" arrived.'],
	])('is what is missing, of the line %s', async (line, told) => {
		const { items, context } = run([short], { options: { line } });
		await items();
		expect(notedShortfall(context, 4)).toBe(told);
	});

	test('stands on the first item without secrets where that is asked for, and isn’t noted', async () => {
		const { items, context } = run([short], { options: { hintOnItem: true, line: SECRET } });
		expect((await items()).map(({ json }) => json.hint)).toEqual([
			'Only 2 of 3 images of the result "•••" arrived.',
			undefined,
		]);
		expect(notedShortfall(context, 4)).toBeUndefined();
	});

	test('is another size than was asked for, of the pictures that were looked at', async () => {
		const task = taskWith({ asked: { size: '1024x1024' } });
		const { items, context } = run([task], { options: withFiles });
		await items();
		expect(notedShortfall(context, 4)).toBe(
			'2 of 2 images of item 4 have 20 × 10 pixels, not the size 1024x1024 that was asked for.',
		);
	});
});
