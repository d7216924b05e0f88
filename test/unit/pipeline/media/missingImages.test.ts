// What is said of images that can't be had: where they lie and what to do, with a task and without one.
import {
	missingItem,
	noImages,
	noneArrived,
	type MissingImage,
} from '../../../../pipeline/media/missingImages';
import type { ImageTask, TaskImage } from '../../../../providers/contract';
import { ImageFailure, type FailureDetails } from '../../../../providers/failure';
import { evoLink } from '../evoLinkTasks';
import { connectionWithStore } from '../pictureStore';

const URL_1 = 'https://a.test/1.png';
const URL_2 = 'https://a.test/2.png';

const taskWith = (images: TaskImage[], id = ''): ImageTask => ({
	id,
	status: 'succeeded',
	images,
	expiresAt: new Date('2026-11-29T12:00:00Z'),
	raw: {},
});

const missing = (index = 0, details: Partial<FailureDetails> = {}): MissingImage => ({
	place: { index, number: index + 2, count: 9, name: { stem: 'fox' } },
	failure: new ImageFailure({
		kind: 'download',
		message: 'It broke off.',
		advice: 'Fetch it with Task: Get.',
		...details,
	}),
});

const LINKS = (...links: string[]) =>
	`The images were made, and may have been charged. Once their links are dead, only a new run of the workflow makes them again. Fetch them as long as their links work: ${links.join(' ')}`;

test.each<[string, ImageTask, MissingImage, string, string | undefined]>([
	['one of a task', taskWith([{ url: URL_1 }], 't'), missing(), 'Fetch it with Task: Get.', 't'],
	[
		'one of several of a task',
		taskWith([{ url: URL_1 }, { url: URL_2 }], 't'),
		missing(),
		'Fetch it with Task: Get. To get the links of all 2 images instead, set Output to Link Only in the Options there.',
		't',
	],
	[
		'links without a task',
		taskWith([{ url: URL_1 }, { url: '/no/link' }, { url: URL_2 }]),
		missing(),
		LINKS(URL_1, URL_2),
		undefined,
	],
	[
		'a picture inside an answer without a task',
		taskWith([{ stored: 'stored:1' }]),
		missing(),
		"It stood inside the answer, so it can't be fetched a second time.",
		undefined,
	],
	[
		'no link and no task',
		taskWith([{ url: '/no/link' }]),
		missing(),
		'Fetch it with Task: Get.',
		undefined,
	],
	[
		'none of any kind',
		taskWith([]),
		missing(0, { kind: 'unreadableAnswer' }),
		'Fetch it with Task: Get.',
		undefined,
	],
])('where no image can be had, the advice is for %s', (_what, task, lost, advice, taskId) => {
	const { details } = noneArrived(task, lost);
	expect(details).toEqual({ ...lost.failure.details, advice, ...(taskId && { taskId }) });
});

test.each<[string, ImageTask, MissingImage, string]>([
	[
		'its link',
		taskWith([{}, { url: URL_2 }]),
		missing(1),
		'Fetch it from its link as long as that works.',
	],
	[
		'its link, after a time limit',
		taskWith([{}, { url: URL_2 }]),
		missing(1, { kind: 'timeLimit' }),
		'Fetch it from its link as long as that works.',
	],
	[
		'nothing else, where it was inside the answer',
		taskWith([{}, { stored: 'stored:1' }]),
		missing(1),
		"It stood inside the answer, so it can't be fetched a second time.",
	],
	['its task', taskWith([{}, { url: URL_2 }], 't'), missing(1), 'Fetch it with Task: Get.'],
	[
		'what the failure says, where it isn’t one of fetching',
		taskWith([{}, { url: URL_2 }]),
		missing(1, { kind: 'noImage' }),
		'Fetch it with Task: Get.',
	],
])('an item that says what is missing leads to %s', (_what, task, lost, advice) => {
	const { connection } = connectionWithStore();
	const url = task.images[1]?.url;
	expect(missingItem(connection, task, lost, { itemIndex: 4, prompt: 'A fox' })).toEqual({
		json: {
			...(task.id !== '' && { taskId: task.id }),
			provider: 'openai',
			prompt: 'A fox',
			status: 'failed',
			index: 3,
			count: 9,
			error: 'It broke off.',
			advice,
			...(url !== undefined && { url }),
			expiresAt: '2026-11-29T12:00:00.000Z',
		},
		pairedItem: { item: 4 },
	});
});

test('a finished task without an image can be fetched again; an answer without one is all there is', () => {
	expect(noImages(evoLink, 'task-1').details).toEqual({
		kind: 'unreadableAnswer',
		message: 'EvoLink says that the task is done, but names no image.',
		advice: 'Fetch it again in a minute with Task: Get and this task ID.',
		taskId: 'task-1',
	});
	expect(noImages(evoLink, '').details).toEqual({
		kind: 'unreadableAnswer',
		message: 'EvoLink answered without an image.',
		advice: `It may have been charged. ${evoLink.whereToLook}`,
	});
});
