// A finished image as the input image of the next request: by its link as long as that works, else not at all.
import { asInputImage, imagesOf } from '../../../../pipeline/media/motif';
import type { ImageTask } from '../../../../providers/contract';

const NOW = Date.parse('2026-11-28T12:00:00Z');
const connection = { clock: { now: () => NOW }, pictures: { find: () => undefined } };
const url = 'https://files.example/1.png';

const input = async (more: object) =>
	await asInputImage(connection as never, { ...more }, 'the image of Square');

test('all images of all tasks, in order, each with when its link ends', () => {
	const expiresAt = new Date(NOW);
	const task = (...urls: string[]) =>
		({ images: urls.map((each) => ({ url: each })), expiresAt }) as ImageTask;
	expect(imagesOf([task('a', 'b'), task('c')])).toEqual(
		['a', 'b', 'c'].map((each) => ({ url: each, expiresAt })),
	);
});

test('a link is passed on as it is', async () => {
	const image = { label: 'the image of Square', url };
	expect(await input({ url })).toEqual(image);
	expect(await input({ url, expiresAt: new Date(NOW + 1) })).toEqual(image);
});

test.each([
	['a link that has ended', { url, expiresAt: new Date(NOW) }],
	['a picture that is no longer there', { stored: 'stored:gone' }],
])('%s is no motif, and nothing is ordered from it', async (_what, image) => {
	await expect(input(image)).rejects.toMatchObject({
		details: {
			kind: 'download',
			message: 'The other formats are made from the image of Square, which is no longer there.',
			nothingSent: true,
		},
	});
});

test('what is no web address is refused', async () => {
	await expect(input({ url: '/tmp/1.png' })).rejects.toThrow("isn't a web address");
});
