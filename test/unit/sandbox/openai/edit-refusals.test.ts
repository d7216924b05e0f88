// Every way in which an edit is refused: its files, its mask, its parameters.
import type OpenAI from 'openai';
import sharp from 'sharp';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { halfMask } from '../support';
import { clientOf, plain, png, refusal, SMALL } from './support';

let sandbox: Sandbox;
let client: OpenAI;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = clientOf(sandbox);
});
afterAll(async () => await sandbox.close());

const request = { model: 'gpt-image-2', prompt: 'A quiet harbour', size: SMALL } as const;

describe('an edit is refused', () => {
	const edit = async (change: object) =>
		await refusal(
			client.images.edit({
				...request,
				image: await png(await plain(32, 32, '#336699')),
				...change,
			}),
		);
	const gif = async () =>
		await sharp(await plain(8, 8, '#336699'))
			.gif()
			.toBuffer();

	it('with 17 pictures', async () => {
		const one = await plain(8, 8, '#336699');
		const image = await Promise.all(Array.from({ length: 17 }, async () => await png(one)));
		expect(await edit({ image })).toMatchObject({ code: 'array_above_max_length', param: 'image' });
	});

	it.each([50, 51])('with a picture of %i MB', async (megabytes) => {
		const bytes = new Uint8Array(megabytes * 1024 * 1024);
		const image = new File([bytes], 'big.png', { type: 'image/png' });
		expect(await edit({ image })).toMatchObject({ status: 400, code: 'image_file_too_large' });
	});

	it('with a GIF, whatever it says it is', async () => {
		const bytes = new Uint8Array(await gif());
		for (const type of ['image/gif', 'image/png']) {
			const error = await edit({ image: [new File([bytes], 'a.gif', { type })] });
			expect(error).toMatchObject({ code: 'unsupported_file_mimetype', param: 'image[0]' });
			expect(error.message).toContain("'image/gif'");
		}
	});

	it('with a file that names no type', async () => {
		const image = new File([new Uint8Array(await plain(8, 8, '#336699'))], 'a.png');
		const error = await edit({ image });
		expect(error.message).toContain("unsupported mimetype ('application/octet-stream')");
	});

	it('with a damaged picture', async () => {
		const whole = await plain(64, 64, '#336699');
		const image = await png(whole.subarray(0, whole.length - 40));
		expect(await edit({ image })).toMatchObject({ code: 'invalid_image_file', param: 'image' });
	});

	it('with a mask without alpha', async () => {
		const mask = await png(await plain(32, 32, '#ffffff'));
		expect(await edit({ mask })).toMatchObject({
			code: 'invalid_mask_image_format',
			param: 'mask',
		});
	});

	it('with a mask of another size', async () => {
		const mask = await png(await halfMask(32, 16));
		expect(await edit({ mask })).toMatchObject({ code: 'invalid_mask_image_format' });
	});

	it('with a mask of 4 MB', async () => {
		const mask = await png(Buffer.alloc(4 * 1024 * 1024));
		expect(await edit({ mask })).toMatchObject({ code: 'image_file_too_large', param: 'mask' });
	});

	it.each([
		['a link in the form', { image: 'https://example.com/a.png' }, 'invalid_type'],
		['moderation', { moderation: 'low' }, 'unknown_parameter'],
		['input_fidelity on 2', { input_fidelity: 'low' }, 'unknown_parameter'],
		[
			'high input_fidelity on mini',
			{ model: 'gpt-image-1-mini', size: 'auto', input_fidelity: 'high' },
			'invalid_value',
		],
		['n 11', { n: 11 }, 'integer_above_max_value'],
	])('with %s', async (_name, change, code) => {
		expect(await edit(change)).toMatchObject({ status: 400, code });
	});

	it('without a picture, or as the wrong type of body', async () => {
		const error = await refusal(client.post('/images/edits', { body: { ...request } }));
		expect(error).toMatchObject({ code: 'missing_required_parameter', param: 'image' });
		const answer = await fetch(`${sandbox.openai.baseUrl}/images/edits`, {
			method: 'POST',
			headers: { authorization: `Bearer ${client.apiKey}`, 'content-type': 'text/plain' },
			body: 'a cat',
		});
		expect(answer.status).toBe(400);
	});
});
