// Images that are drawn once, also for many who ask at the same time, and that can't always be drawn.
import { DrawnImages } from '../../../sandbox/drawing/drawn-images';

const image = Buffer.from('an image');

it('draws an image once, for all who ask at the same time and for those who ask later', async () => {
	const images = new DrawnImages();
	let drawings = 0;
	const draw = async () => {
		drawings += 1;
		return await Promise.resolve(image);
	};
	const first = await Promise.all([images.image('one', draw), images.image('one', draw)]);
	expect([...first, await images.image('one', draw)]).toEqual([image, image, image]);
	expect(drawings).toBe(1);
	await images.image('two', draw);
	expect(drawings).toBe(2);
});

it('tries again after a drawing that failed or could not be done', async () => {
	const images = new DrawnImages();
	const failing = images.image('one', async () => await Promise.reject(new Error('No paint')));
	await expect(failing).rejects.toThrow('No paint');
	expect(await images.image('one', async () => undefined)).toBeUndefined();
	expect(await images.image('one', async () => image)).toBe(image);
});
