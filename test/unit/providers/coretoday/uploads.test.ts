// Files by way of Core.Today's storage, in two steps: a place is asked for, then the file is sent there.
import { createCoreToday } from '../../../../providers/coretoday';
import { answerWith, failureOf, imageWith } from '../support';

const API = 'https://api.core.today/v1';
const storage = createCoreToday(API, 'storage');

describe('a file into the storage', () => {
	const file = imageWith('photo.png');
	const first = answerWith({
		body: {
			upload_url: 'https://storage.test/bucket',
			upload_fields: { key: 'n8n/photo.png', policy: 'abc', 'x-amz-expires': 600 },
			file_url: 'https://files.test/n8n/photo.png',
			expires_in: 600,
		},
	});

	it('asks for a place first, which charges nothing', () => {
		expect(storage.upload.request(file)).toEqual({
			method: 'POST',
			url: `${API}/files/upload-url`,
			json: { filename: 'photo.png', folder: 'n8n', metadata: {} },
			idempotent: true,
		});
	});

	test.each([
		['../../etc/passwd', /^[\w.-]+$/],
		['한글 사진.png', /^한글 사진\.png$/],
		['a/b\\c"d\n.png', /^a_b_c_d_\.png$/],
		['가'.repeat(300), /^가{100}$/],
		['a'.repeat(300), /^a{1,100}$/],
		['', /^file$/],
	])('gives it its own name, without a path: %j', (label, expected) => {
		expect(storage.upload.request({ label }).json?.filename).toMatch(expected);
	});

	test.each([
		['data', 'webp', 'data.webp'],
		['data.png', 'webp', 'data.png'],
		['data', 'unknown', 'data'],
	] as const)('names "%s", a file of type %s, "%s"', (label, type, name) => {
		expect(storage.upload.request(imageWith(label, { type })).json?.filename).toBe(name);
	});

	test.each([
		['a'.repeat(150) + '.png', `${'a'.repeat(96)}.png`],
		['🦊'.repeat(101), '🦊'.repeat(100)],
		['\ud800.png', '\ufffd.png'],
		['a\u2028\u2029b.png', 'a_b.png'],
	])('keeps the end of the name %j, in whole characters', (label, name) => {
		expect(storage.upload.request({ label }).json?.filename).toBe(name);
	});

	test.each<[number, boolean]>([
		[100, true],
		[101, false],
	])('is sent with %i fields: %s', (count, isSent) => {
		const fields = Object.fromEntries(Array.from({ length: count }, (_, i) => [`x-${i}`, i]));
		const body = { ...(first.body as object), upload_fields: fields };
		const follow = () => storage.upload.follow(answerWith({ body }), file).form?.length;
		if (isSent) expect(follow()).toBe(count + 1);
		else expect(failureOf(follow).kind).toBe('unreadableAnswer');
	});

	it('sends all fields first and the file last, to the storage itself, without the key', () => {
		expect(storage.upload.follow(first, file)).toEqual({
			method: 'POST',
			url: 'https://storage.test/bucket',
			form: [
				{ name: 'key', value: 'n8n/photo.png' },
				{ name: 'policy', value: 'abc' },
				{ name: 'x-amz-expires', value: '600' },
				{ name: 'file', file },
			],
			isUnsigned: true,
			responseType: 'none',
			idempotent: true,
		});
	});

	it('is then at the address from the first answer', () => {
		expect(storage.upload.read(first)).toEqual({ url: 'https://files.test/n8n/photo.png' });
	});

	test.each<[string, unknown]>([
		['no upload address', { upload_fields: {}, file_url: 'https://a.test/b' }],
		['no fields', { upload_url: 'https://a.test/b', file_url: 'https://a.test/b' }],
		['no file address', { upload_url: 'https://a.test/b', upload_fields: {} }],
		['an address that is none', { upload_url: '/b', upload_fields: {}, file_url: 'b' }],
		[
			'an address that is no web address',
			{ upload_url: 'file:///etc/passwd', upload_fields: {}, file_url: 'javascript:alert(1)' },
		],
		[
			'fields that are no text',
			{ upload_url: 'https://a.test/b', upload_fields: { a: {} }, file_url: 'https://a.test/b' },
		],
		['an error under HTTP 200', { error: 'No.' }],
		['text', '<html>'],
	])('is unreadable with %s', (_rule, body) => {
		const answer = answerWith({ body });
		expect(failureOf(() => storage.upload.follow(answer, file)).kind).toBe('unreadableAnswer');
		expect(failureOf(() => storage.upload.read(answer)).kind).toBe('unreadableAnswer');
	});
});
