// The drawn images: right size, always the same, with every script in them, and changed only where the mask allows.
import { createCanvas, GlobalFonts } from '@napi-rs/canvas';
import sharp from 'sharp';
import { type CaptionPlace, drawCaption } from '../../../sandbox/drawing/caption';
import { drawEdit } from '../../../sandbox/drawing/edit';
import { FONT_STACK, registerFonts } from '../../../sandbox/drawing/fonts';
import { drawPicture, paletteOf } from '../../../sandbox/drawing/picture';
import { parseRatio, pixelsOfRatio, type Resolution } from '../../../sandbox/drawing/sizes';
import { layOut } from '../../../sandbox/drawing/text';
import { halfMask, photo } from './support';

const size = { width: 256, height: 192 };

async function pixelsOf(image: Buffer): Promise<Buffer> {
	return await sharp(image).removeAlpha().raw().toBuffer();
}

/** The share of pixels that differ between two images of the same size. */
async function difference(one: Buffer, other: Buffer): Promise<number> {
	const [first, second] = [await pixelsOf(one), await pixelsOf(other)];
	expect(first.length).toBe(second.length);
	let different = 0;
	for (let start = 0; start < first.length; start += 3) {
		if (first.compare(second, start, start + 3, start, start + 3) !== 0) different++;
	}
	return different / (first.length / 3);
}

describe('sizes', () => {
	it.each<[string, Resolution | undefined, string]>([
		['1:1', undefined, '1024x1024'],
		['2:3', undefined, '1024x1536'],
		['3:2', '1K', '1536x1024'],
		['16:9', '1K', '1808x1024'],
		['1:1', '2K', '2048x2048'],
		['1:1', '4K', '2880x2880'],
		['16:9', '4K', '3840x2160'],
	])('%s %s is %s', (ratio, resolution, expected) => {
		const { width, height } = pixelsOfRatio(parseRatio(ratio) ?? size, resolution);
		expect(`${width}x${height}`).toBe(expected);
	});
});

describe('a picture', () => {
	it.each([
		[1024, 1536],
		[64, 64],
		[300, 100],
	])('is a PNG of exactly %i x %i', async (width, height) => {
		const image = await drawPicture({ prompt: 'A cat', index: 0, size: { width, height } });
		expect(await sharp(image).metadata()).toMatchObject({ format: 'png', width, height });
	});

	it('is the same for the same prompt, and another for another index or prompt', async () => {
		const first = await drawPicture({ prompt: 'A cat', index: 0, size });
		expect((await drawPicture({ prompt: 'A cat', index: 0, size })).equals(first)).toBe(true);
		for (let index = 1; index < 10; index++) {
			const other = await drawPicture({ prompt: 'A cat', index, size });
			expect(await difference(first, other)).toBeGreaterThan(0.5);
		}
		const another = await drawPicture({ prompt: 'A dog', index: 0, size });
		expect(await difference(first, another)).toBeGreaterThan(0.5);
	});
});

describe('where a picture is from', () => {
	beforeAll(registerFonts);

	/** What is written on a canvas, in order. */
	function writtenFor(prompt: string, place: CaptionPlace): string[] {
		const context = createCanvas(640, 480).getContext('2d');
		const written: string[] = [];
		context.fillText = (text: string) => void written.push(text);
		drawCaption(context, prompt, { width: 640, height: 480 }, paletteOf(prompt, 0), place);
		return written;
	}

	it.each<[string, CaptionPlace, string[]]>([
		['A quiet harbour', 'foot', ['Sandbox picture', 'A quiet harbour']],
		['Add a balloon', 'middle', ['Sandbox picture', 'Add a balloon']],
		['', 'foot', ['Sandbox picture']],
	])('is written on it, for the prompt "%s" at its %s', (prompt, place, lines) => {
		expect(writtenFor(prompt, place)).toEqual(lines);
	});
});

describe('text', () => {
	beforeAll(registerFonts);

	function glyph(text: string): Buffer {
		const canvas = createCanvas(120, 120);
		const context = canvas.getContext('2d');
		context.font = `80px ${FONT_STACK}`;
		context.fillStyle = '#102030';
		context.fillText(text, 10, 90);
		return Buffer.from(context.getImageData(0, 0, 120, 120).data);
	}

	it('has the fonts of the npm packages', () => {
		for (const family of ['Noto Sans KR', 'Noto Sans SC', 'Noto Color Emoji']) {
			expect(GlobalFonts.has(family)).toBe(true);
		}
	});

	it('draws Korean, Chinese and emoji, and no box for a missing character', () => {
		const missing = glyph('\u{10FFFD}');
		const drawn = ['한', '글', '语', '这', '漢', '字', '😀', '🐈‍⬛', 'é', 'あ'].map(glyph);
		for (const [index, pixels] of drawn.entries()) {
			expect(pixels.some((value) => value !== 0)).toBe(true);
			expect(pixels.equals(missing)).toBe(false);
			for (const other of drawn.slice(index + 1)) expect(pixels.equals(other)).toBe(false);
		}
	});

	it('draws emoji in colour', () => {
		const pixels = glyph('🍎');
		const reds = Array.from({ length: pixels.length / 4 }, (_none, pixel) => pixel * 4).filter(
			(start) => (pixels[start] ?? 0) > 150 && (pixels[start + 2] ?? 255) < 100,
		);
		expect(reds.length).toBeGreaterThan(100);
	});

	it.each([
		['words', 'A quiet harbour at dawn with fishing boats', /^\S.*\S$/],
		['Korean words', '바닷가의 등대와 갈매기가 있는 조용한 저녁 풍경', /^\S.*\S$/],
		['Chinese', '悬崖上的灯塔在夕阳西下的时候发出温暖的光芒', /^[^，。]/],
		['a long word', 'x'.repeat(80), /^x+$/],
	])('is wrapped within its room: %s', (_name, text, shape) => {
		const context = createCanvas(10, 10).getContext('2d');
		const block = layOut(context, text, { width: 240, height: 400 }, 24);
		expect(block.lines.length).toBeGreaterThan(1);
		expect(block.width).toBeLessThanOrEqual(240);
		expect(block.lines.join('').replace(/\s/g, '')).toBe(text.replace(/\s/g, ''));
		for (const line of block.lines) expect(line).toMatch(shape);
		const ownWords = text.split(' ');
		if (ownWords.length > 1) {
			for (const part of block.lines.join(' ').split(' ')) expect(ownWords).toContain(part);
		}
	});

	it('is cut with an ellipsis when there is too much', () => {
		const context = createCanvas(10, 10).getContext('2d');
		const { lines } = layOut(context, '긴 글 '.repeat(500), { width: 200, height: 100 }, 24);
		expect(lines.at(-1)).toMatch(/…$/);
	});
});

describe('an edit', () => {
	const request = { prompt: 'Add a red balloon', index: 0, size };

	it.each(['png', 'jpeg', 'webp'] as const)(
		'of a %s changes pixels only where the mask is transparent',
		async (format) => {
			const reference = await (await photo(size.width, size.height)).toFormat(format).toBuffer();
			const mask = await halfMask(size.width, size.height);
			const edited = await drawEdit({ ...request, reference, mask });
			const [before, after] = [await pixelsOf(reference), await pixelsOf(edited)];
			let [changedInside, changedOutside] = [0, 0];
			for (let pixel = 0; pixel < size.width * size.height; pixel++) {
				const start = pixel * 3;
				if (before.compare(after, start, start + 3, start, start + 3) === 0) continue;
				if (pixel % size.width < size.width / 2) changedInside++;
				else changedOutside++;
			}
			expect(changedOutside).toBe(0);
			expect(changedInside).toBeGreaterThan((size.width * size.height) / 4);
		},
	);

	it('writes its words beneath something in the middle that stays', async () => {
		const side = { width: 400, height: 400 };
		const reference = await (await photo(400, 400)).png().toBuffer();
		const block = {
			create: { width: 160, height: 160, channels: 4, background: 'black' },
		} as const;
		const mask = await sharp({ create: { ...side, channels: 4, background: 'transparent' } })
			.composite([{ input: block, gravity: 'centre' }])
			.png()
			.toBuffer();
		const edited = await drawEdit({ ...request, prompt: 'A balloon', size: side, reference, mask });
		const foot = { left: 20, top: 300, width: 360, height: 80 };
		const { channels } = await sharp(await sharp(edited).extract(foot).toBuffer()).stats();
		// The letters are white, and nothing else there is.
		expect(channels[1]!.max).toBe(255);
	});

	it('changes nothing through a mask that is closed everywhere', async () => {
		const reference = await (await photo(size.width, size.height)).png().toBuffer();
		const mask = await (await photo(size.width, size.height)).png().toBuffer();
		expect(await difference(reference, await drawEdit({ ...request, reference, mask }))).toBe(0);
	});

	it('keeps the transparency of the reference outside the mask', async () => {
		const reference = await halfMask(size.width, size.height);
		const closed = await (await photo(size.width, size.height)).png().toBuffer();
		const edited = await drawEdit({ ...request, reference, mask: closed });
		const [before, after] = await Promise.all(
			[reference, edited].map(async (image) => await sharp(image).raw().toBuffer()),
		);
		expect(after?.equals(before ?? Buffer.alloc(0))).toBe(true);
	});

	it('without a mask starts from the reference and is visible', async () => {
		const reference = await (await photo(size.width, size.height)).png().toBuffer();
		const edited = await drawEdit({ ...request, reference });
		const share = await difference(reference, edited);
		expect(share).toBeGreaterThan(0.5);
		const other = await drawEdit({ ...request, index: 1, reference });
		expect(await difference(edited, other)).toBeGreaterThan(0.5);
	});

	it('is scaled to the size asked for', async () => {
		const reference = await (await photo(100, 200)).jpeg().toBuffer();
		const mask = await halfMask(100, 200);
		const wanted = { width: 240, height: 160 };
		for (const through of [undefined, mask]) {
			const edited = await drawEdit({ ...request, size: wanted, reference, mask: through });
			expect(await sharp(edited).metadata()).toMatchObject(wanted);
		}
	});
});
