// The social network: what it takes and refuses, posts made once, and the page that shows them.
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { json, photo } from '../support';
import { jpeg, type Refusal, StreetClient } from './support';

interface PostJson {
	id: string;
	status: string;
	format: string;
	caption: string;
	alt_text: string;
	publish_at: string;
	picture_url: string;
}

let sandbox: Sandbox;
let client: StreetClient;
let square: Buffer;

beforeAll(async () => {
	sandbox = await startSandbox();
	client = new StreetClient(`${sandbox.street.socialUrl}/v1`, 'sandbox-social-token');
	square = await jpeg(64, 64);
});
afterAll(async () => await sandbox.close());

const post = async (
	picture: Buffer,
	texts: Record<string, string> = {},
	headers: Record<string, string> = {},
) => await client.upload('/posts', ['picture', picture, 'picture.jpg'], texts, headers);

const refused = async (picture: Buffer, texts: Record<string, string> = {}) =>
	(await json<Refusal>(await post(picture, texts), 400)).error;

const page = async () => await (await fetch(sandbox.street.socialUrl)).text();
const soon = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();

describe('a picture', () => {
	it.each([
		['post', 1080, 1350],
		['post', 1080, 1080],
		['post', 1080, 566],
		['post', 1200, 628],
		['story', 1080, 1920],
		['story', 900, 1600],
	])('for a %s may have %i × %i pixels', async (format, width, height) => {
		const answer = await json<PostJson>(await post(await jpeg(width, height), { format }), 201);
		expect(answer).toMatchObject({ format, status: 'published' });
	});

	it.each([
		['post', 1080, 1920],
		['post', 1080, 1360],
		['post', 1300, 628],
		['story', 1080, 1350],
		['story', 1080, 1080],
		['story', 1080, 1900],
	])('for a %s may not have %i × %i pixels', async (format, width, height) => {
		const error = await refused(await jpeg(width, height), { format });
		expect(error).toMatchObject({ code: 'aspect_ratio', field: 'picture' });
		expect(error.message).toContain(`${width} × ${height}`);
	});

	it('must be a JPEG', async () => {
		const png = await (await photo(64, 64)).png().toBuffer();
		const webp = await (await photo(64, 64)).webp().toBuffer();
		expect((await refused(png)).message).toBe('The picture must be a JPEG. This one is PNG.');
		expect((await refused(webp)).code).toBe('not_jpeg');
		expect((await refused(Buffer.from('no picture'))).code).toBe('not_jpeg');
	});

	it('has at most 8 MB, and is whole', async () => {
		const large = Buffer.concat([square, Buffer.alloc(8 * 1024 * 1024)]);
		expect((await refused(large)).code).toBe('picture_too_large');
		const whole = await jpeg(640, 640);
		expect((await refused(whole.subarray(0, whole.length / 2))).code).toBe('unreadable');
	});
});

describe('texts and times', () => {
	it('are kept as they came', async () => {
		const texts = { caption: 'Ein Hafen 바다 #harbour', alt_text: 'Boats', publish_at: soon(1) };
		const made = await json<PostJson>(await post(square, texts), 201);
		expect(made).toMatchObject({ ...texts, status: 'scheduled' });
		expect(await json(await client.get(`/posts/${made.id}`), 200)).toEqual(made);
	});

	it.each([
		['a long caption', { caption: 'x'.repeat(2_201) }, 'caption_too_long'],
		['many hashtags', { caption: '#a '.repeat(31) }, 'too_many_hashtags'],
		['a long alt text', { alt_text: 'x'.repeat(1_001) }, 'alt_text_too_long'],
		['a time that is past', { publish_at: '2020-01-01T00:00:00Z' }, 'time_is_past'],
		['a time without a zone', { publish_at: '2099-01-01T00:00' }, 'bad_time'],
		['a day', { publish_at: 'tomorrow' }, 'bad_time'],
		['a time far ahead', { publish_at: soon(80) }, 'time_too_far'],
		['another format', { format: 'reel' }, 'unknown_format'],
		['a field that there isn’t', { text: 'A harbour' }, 'unknown_field'],
	])('%s is refused', async (_what, texts, code) => {
		expect((await refused(square, texts as unknown as Record<string, string>)).code).toBe(code);
	});

	it('a missing picture is told', async () => {
		const form = await client.upload('/posts', ['data', square, 'a.jpg']);
		expect((await json<Refusal>(form, 400)).error).toMatchObject({
			code: 'missing_file',
			message: 'The file must be in the field "picture", not in "data".',
		});
		expect((await client.json('POST', '/posts', {})).status).toBe(415);
	});
});

describe('an idempotency key', () => {
	const count = async () =>
		(await json<{ posts: PostJson[] }>(await client.get('/posts'), 200)).posts.length;

	it('makes the same post once, also at the same time', async () => {
		const before = await count();
		const headers = { 'idempotency-key': 'row-7' };
		const send = async () => await post(square, { caption: 'Once' }, headers);
		const answers = await Promise.all([send(), send(), send()]);
		const made = await Promise.all(
			answers.map(async (answer) => (await answer.json()) as PostJson),
		);
		expect(new Set(made.map(({ id }) => id)).size).toBe(1);
		expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 201]);
		expect((await send()).headers.get('idempotent-replayed')).toBe('true');
		expect(await count()).toBe(before + 1);
	});

	it('can’t be used for another post, but again for one that was refused', async () => {
		const headers = { 'idempotency-key': 'row-8' };
		expect((await post(await jpeg(64, 200), {}, headers)).status).toBe(400);
		expect((await post(square, {}, headers)).status).toBe(201);
		const other = await json<Refusal>(await post(square, { caption: 'Other' }, headers), 422);
		expect(other.error.code).toBe('idempotency_key_reused');
	});
});

it.each([
	['no token', undefined, 'no_token'],
	['a wrong one', 'sandbox-crm-token', 'wrong_token'],
])('%s is refused', async (_what, token, code) => {
	const stranger = new StreetClient(`${sandbox.street.socialUrl}/v1`, token);
	const refusal = await json<Refusal>(await stranger.get('/posts'), 401);
	expect(refusal.error.code).toBe(code);
});

it('shows a feed, with nothing in it that a caption could do', async () => {
	const caption = '<script>alert(1)</script> "& a harbour';
	const made = await json<PostJson>(await post(square, { caption, alt_text: '"><b>' }), 201);
	const text = await page();
	expect(text).toContain('&#60;script&#62;alert(1)&#60;/script&#62; &#34;&#38; a harbour');
	expect(text).not.toContain('<script');
	expect(text).toContain(`/street/social/pictures/${made.id}.jpg`);
	const picture = await fetch(made.picture_url);
	expect(picture.headers.get('content-type')).toBe('image/jpeg');
	expect(Buffer.from(await picture.arrayBuffer()).equals(square)).toBe(true);
	expect((await client.send('DELETE', `/posts/${made.id}`)).status).toBe(204);
	expect((await fetch(made.picture_url)).status).toBe(404);
	expect(await page()).not.toContain(made.id);
});
