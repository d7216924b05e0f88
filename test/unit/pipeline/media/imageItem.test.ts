// One image as an output item: all that is known of it, and nothing in the place of what isn't.
import type { IExecuteFunctions } from 'n8n-workflow';

import {
	fieldOf,
	imageItem,
	linkOf,
	linksOf,
	timeText,
	type ItemOptions,
} from '../../../../pipeline/media/imageItem';
import { taskItem } from '../../../../pipeline/media/imageItems';
import type { StoredImage } from '../../../../pipeline/media/store/storedImage';
import { noteRepeat } from '../../../../pipeline/told/repeats';
import type { ImageTask, TaskImage } from '../../../../providers/contract';
import { connectionWithStore } from '../pictureStore';
import { createVirtualClock } from '../virtualClock';

const taskWith = (parts: Partial<ImageTask>): ImageTask => ({
	id: 'task-1',
	status: 'succeeded',
	images: [],
	raw: {},
	...parts,
});

test.each<[string | undefined, Date | undefined]>([
	['2026-11-28T12:00:00.000Z', new Date('2026-11-28T12:00:00Z')],
	[undefined, new Date(Number.NaN)],
	[undefined, new Date(8.64e15 + 1)],
	[undefined, undefined],
])('the time is written as %s', (text, time) => {
	expect(timeText(time)).toBe(text);
});

test.each<[string | undefined, string | undefined]>([
	['https://a.test/x.png', 'https://a.test/x.png'],
	['HTTP://a.test/x.png', 'HTTP://a.test/x.png'],
	['data:image/png;base64,iVBORw0KGgo=', undefined],
	['stored:0123', undefined],
	['/data/x.png', undefined],
	['https://', undefined],
	['', undefined],
	[undefined, undefined],
])('the link of an image at %s is %s', (url, link) => {
	const task = taskWith({ images: [{ url }] });
	expect(linkOf(task, 0)).toBe(link);
	expect(linksOf(task)).toEqual(link === undefined ? [] : [link]);
});

const URL_1 = 'https://a.test/x.png';
const EXPIRES = new Date('2026-11-29T12:00:00Z');
const FORMAT = { name: 'Story', width: 1080, height: 1920 };

const stored: StoredImage = {
	binary: { data: 'test', id: 'file-1', mimeType: 'image/png', fileName: 'fox.png' },
	facts: { type: 'png', bytes: 100, width: 3, height: 2 },
	mimeType: 'image/png',
};

/** All that a task can tell. */
const told = (image: TaskImage = { url: URL_1 }): ImageTask =>
	taskWith({
		model: 'gpt-image-2',
		orderReference: 'row 13',
		images: [{}, { ...image, revisedPrompt: 'A red fox' }],
		asked: { prompt: 'A fox', format: FORMAT },
		usage: { total_tokens: 7 },
		cost: { amount: 0.3, currency: 'USD', credits: 6, estimated: true },
		seed: 42,
		expiresAt: EXPIRES,
	});

function connectionIn(helpers: object = {}) {
	const context = { helpers } as unknown as IExecuteFunctions;
	const clock = createVirtualClock(Date.parse('2026-11-28T12:00:00Z'));
	return { ...connectionWithStore().connection, context, clock };
}
const linksInto = { createBinarySignedUrl: () => 'https://n8n.test/1' };

interface Given {
	task: ImageTask;
	options: Partial<ItemOptions>;
	stored: StoredImage | undefined;
	share: number;
	helpers: object;
}

function itemOf(given: Partial<Given> = {}) {
	const { task = told(), options = {}, share = 0, helpers } = given;
	return imageItem(
		connectionIn(helpers),
		task,
		{ index: 1, number: 4, count: 6, name: { stem: 'fox', ending: 'png' } },
		{ itemIndex: 2, ...options },
		'stored' in given ? given.stored : stored,
		{ index: share, of: 3 },
	);
}

const KNOWN = {
	taskId: 'task-1',
	provider: 'openai',
	model: 'gpt-image-2',
	prompt: 'A fox',
	reference: 'row 13',
	status: 'succeeded',
	index: 4,
	count: 6,
	format: FORMAT,
	revisedPrompt: 'A red fox',
	seed: 42,
	cost: { amount: 0.1, currency: 'USD', credits: 2, estimated: true },
};
const OF_FILE = { width: 3, height: 2, mimeType: 'image/png', fileName: 'fox.png', fileSize: 100 };
const OF_LINK = { url: URL_1, expiresAt: '2026-11-29T12:00:00.000Z' };

describe('an image as an item', () => {
	test('with its file has all that is known, and the usage on the first item', () => {
		expect(itemOf({ options: { binaryField: 'photo' } })).toEqual({
			json: { ...KNOWN, ...OF_FILE, ...OF_LINK, usage: { total_tokens: 7 } },
			binary: { photo: stored.binary },
			pairedItem: { item: 2 },
		});
	});

	test('on a later item has no usage, that would count twice', () => {
		const { json } = itemOf({ options: { binaryField: 'photo' }, share: 1 });
		expect(json).toEqual({ ...KNOWN, ...OF_FILE, ...OF_LINK });
	});

	test('at its link only has no file', () => {
		expect(itemOf({ stored: undefined, share: 1 })).toEqual({
			json: { ...KNOWN, ...OF_LINK },
			pairedItem: { item: 2 },
		});
	});

	test('that n8n has a link into is told by that, where a link is asked for', () => {
		const { json, binary } = itemOf({ helpers: linksInto, share: 1 });
		expect(json).toEqual({
			...KNOWN,
			...OF_FILE,
			url: 'https://n8n.test/1',
			expiresAt: '2026-12-12T12:00:00.000Z',
		});
		expect(binary).toBeUndefined();
	});

	test('is told by the provider’s link where its file is put out', () => {
		const options = { binaryField: 'data' };
		expect(itemOf({ helpers: linksInto, options }).json).toMatchObject(OF_LINK);
	});

	test('that came inside the answer comes as a file, whatever was asked for', () => {
		const { json, binary } = itemOf({ task: told({ stored: 'stored:1' }) });
		expect(binary).toEqual({ data: stored.binary });
		expect(json.url).toBeUndefined();
		expect(json.expiresAt).toBe('2026-11-29T12:00:00.000Z');
	});

	test('in a grouped item has a field with its number', () => {
		const { binary } = itemOf({ options: { binaryField: 'photo', groupImages: true } });
		expect(Object.keys(binary!)).toEqual(['photo_5']);
		expect(fieldOf({ groupImages: true }, { number: 0 })).toBe('data_1');
		expect(fieldOf({}, { number: 3 })).toBe('data');
	});

	test('of which little is known has only that', () => {
		const task: ImageTask = { ...taskWith({ images: [{}, {}] }), id: '' };
		expect(itemOf({ task, stored: undefined }).json).toEqual({
			provider: 'openai',
			status: 'succeeded',
			index: 4,
			count: 6,
		});
	});

	test('is told by the person’s own words before the provider’s', () => {
		expect(itemOf({ options: { prompt: 'Own words' } }).json.prompt).toBe('Own words');
	});
});

describe('a task as an item', () => {
	const task = told();

	test('has all that is known of it', () => {
		const open: ImageTask = {
			...task,
			status: 'failed',
			progress: 40,
			etaSeconds: 90,
			createdAt: new Date('2026-11-28T11:00:00Z'),
			failure: { code: 'generation_failed', message: 'No.' },
		};
		expect(taskItem(connectionIn(), open, 3)).toEqual({
			json: {
				taskId: 'task-1',
				provider: 'openai',
				model: 'gpt-image-2',
				prompt: 'A fox',
				reference: 'row 13',
				status: 'failed',
				format: FORMAT,
				progress: 40,
				etaSeconds: 90,
				createdAt: '2026-11-28T11:00:00.000Z',
				urls: [URL_1],
				expiresAt: '2026-11-29T12:00:00.000Z',
				failure: { code: 'generation_failed', message: 'No.' },
				usage: { total_tokens: 7 },
				cost: { amount: 0.3, currency: 'USD', credits: 6, estimated: true },
			},
			pairedItem: { item: 3 },
		});
	});

	test('of which little is known has only that', () => {
		const { json } = taskItem(connectionIn(), taskWith({ status: 'queued' }), 0);
		expect(json).toEqual({ taskId: 'task-1', provider: 'openai', status: 'queued' });
	});

	test.each([
		[undefined, false],
		[false, false],
		[true, true],
	])('says whether it was ordered before where that is asked for: %s', (tells, isTold) => {
		const connection = connectionIn();
		const repeat = { provider: 'OpenAI', itemIndex: 1, orderReference: 'row 13' };
		noteRepeat(connection.context, repeat);
		const settings = { prompt: 'Own words', tellsOrderedBefore: tells };
		const { json: again } = taskItem(connection, task, 1, settings);
		expect(again.prompt).toBe('Own words');
		expect(again.orderedBefore).toBe(isTold ? true : undefined);
		const { json: anew } = taskItem(connection, task, 0, settings);
		expect(anew.orderedBefore).toBe(isTold ? false : undefined);
	});
});
