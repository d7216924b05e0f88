// Pictures that arrived damaged inside an answer: they are left out and told, and pictures in pieces are stored.
import { omitLost, storeWritten } from '../../../../pipeline/media/lostImages';
import type { ImageTask, TaskImage } from '../../../../providers/contract';
import { referenceOfBytes } from '../../../../providers/answers/pictureReference';
import { downloadFailure } from '../../../../providers/failure';
import { connectionWithStore, failureOf, png } from '../pictureStore';

const taskWith = (images: TaskImage[]): ImageTask => ({
	id: 'task-1',
	status: 'succeeded',
	images,
	raw: {},
});

const damaged = downloadFailure({ message: 'It arrived incomplete.', advice: 'Fetch it again.' });

test('the lost ones are left out, with why, and all others stay as they are', () => {
	const { connection, pictures } = connectionWithStore();
	const lost = pictures.keepLost(damaged);
	const images: TaskImage[] = [
		{ stored: lost },
		{ url: 'https://a.test/1.png' },
		{ stored: 'stored:nowhere', revisedPrompt: 'A kite' },
	];
	expect(omitLost(connection, taskWith(images))).toEqual({
		task: taskWith(images.slice(1)),
		lost: [damaged],
	});
	expect(omitLost(connection, taskWith([]))).toEqual({ task: taskWith([]), lost: [] });
});

test('a picture in memory is stored, and its reference stands in its place', async () => {
	const { connection, stored, pictures } = connectionWithStore();
	const bytes = await png('red');
	const task = taskWith([
		{ bytes, revisedPrompt: 'A kite' },
		{ stored: 'stored:earlier' },
		{ url: 'https://a.test/1.png' },
	]);
	const reference = referenceOfBytes(bytes);
	expect(await storeWritten(connection, task)).toEqual(
		taskWith([
			{ stored: reference, revisedPrompt: 'A kite' },
			{ stored: 'stored:earlier' },
			{ url: 'https://a.test/1.png', stored: undefined },
		]),
	);
	expect(stored).toHaveLength(1);
	expect(pictures.find(reference)).toMatchObject({ facts: { type: 'png', width: 20, height: 10 } });
});

test('one that is lost keeps its place beside one that isn’t, and its reference tells why', async () => {
	const { connection, pictures } = connectionWithStore();
	const whole = await png('red');
	const { images } = await storeWritten(
		connection,
		taskWith([{ bytes: whole.subarray(0, 60) }, { bytes: whole }]),
	);
	expect(images).toHaveLength(2);
	expect(pictures.find(images[0]!.stored!)).toMatchObject({
		details: { kind: 'download', message: 'The picture arrived incomplete.' },
	});
	expect(images[1]).toEqual({ stored: referenceOfBytes(whole) });
});

test('where all are lost, it fails as the first of them; without any images it doesn’t', async () => {
	const { connection } = connectionWithStore();
	const task = taskWith([{ bytes: Buffer.from('Not found') }, { bytes: Buffer.alloc(0) }]);
	expect(await failureOf(storeWritten(connection, task))).toMatchObject({
		kind: 'download',
		message: 'In place of the picture there was a text: Not found.',
	});
	expect(await storeWritten(connection, taskWith([]))).toEqual(taskWith([]));
});
