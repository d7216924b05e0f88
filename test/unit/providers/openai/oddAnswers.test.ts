// Odd answers of compatible servers: what is there comes out, the rest is counted, and nothing else is read into it.
import type { HttpAnswer, ImageRequest } from '../../../../providers/contract';
import { absentRows, resultFilesOf } from '../../../../providers/openai/batchFiles';
import { missingNames } from '../../../../providers/openai/batchResults';
import { createOpenAiBatches } from '../../../../providers/openai/batches';
import { createOpenAiChat } from '../../../../providers/openai/analyze';
import { createOpenAiImages } from '../../../../providers/openai/images';
import { createOpenAiTasks } from '../../../../providers/openai/tasks';
import { answerWith, failureOf, RECEIVED_AT, requestWith } from '../support';
import { CALL, MESSAGE, RESPONSE } from './responses';

const BASE = 'https://gateway.test/v1';
const images = createOpenAiImages(BASE);
const tasks = createOpenAiTasks(BASE);
const batches = createOpenAiBatches(BASE);
const chat = createOpenAiChat(BASE);

const GOOD = 'stored:1';
const LINK = 'https://files.test/1.png';

describe('images', () => {
	const read = (
		body: unknown,
		request: Partial<ImageRequest> = {},
		parts: Partial<HttpAnswer> = {},
	) => images.readTask(answerWith({ body, ...parts }), requestWith(request));

	test.each<[string, unknown, object[], number | undefined]>([
		['null beside a picture', { data: [{ b64_json: GOOD }, null] }, [{ stored: GOOD }], 1],
		['null before a picture', { data: [null, { url: LINK }] }, [{ url: LINK }], 1],
		['an empty entry', { data: [{}, { url: LINK }] }, [{ url: LINK }], 1],
		['a number as entry', { data: [5, { url: LINK }] }, [{ url: LINK }], 1],
		[
			'a revised prompt that is no text',
			{ data: [{ b64_json: GOOD, revised_prompt: 5 }] },
			[{ stored: GOOD }],
			undefined,
		],
		['base64 that is a number', { data: [{ b64_json: 5, url: LINK }] }, [{ url: LINK }], undefined],
		['one entry in place of the list', { data: { url: LINK } }, [{ url: LINK }], undefined],
		['one picture in place of the list', { data: GOOD }, [{ stored: GOOD }], undefined],
		['pictures as entries', { data: [GOOD, LINK] }, [{ stored: GOOD }, { url: LINK }], undefined],
		['images of base64', { images: [GOOD] }, [{ stored: GOOD }], undefined],
		['images with links', { images: [{ url: LINK }] }, [{ url: LINK }], undefined],
		['images beside an empty list', { data: [], images: [GOOD] }, [{ stored: GOOD }], undefined],
		['images beside null', { data: null, images: GOOD }, [{ stored: GOOD }], undefined],
		['the list alone', [{ b64_json: GOOD }], [{ stored: GOOD }], undefined],
		['a picture as link', { data: [{ url: GOOD }] }, [{ stored: GOOD }], undefined],
		['a picture by another name', { data: [{ base64: GOOD }] }, [{ stored: GOOD }], undefined],
		['a picture at another place', { output: { deep: [GOOD] } }, [{ stored: GOOD }], undefined],
		[
			'a link relative to the server',
			{ data: [{ url: '/data/image/x.jpg', b64_json: null }] },
			[{ url: 'https://gateway.test/data/image/x.jpg' }],
			undefined,
		],
		['a link in an object', { data: [{ image_url: { url: LINK } }] }, [{ url: LINK }], undefined],
		[
			'a data URI that is no picture',
			{ data: [{ url: 'data:text/html,x' }, { url: LINK }] },
			[{ url: LINK }],
			1,
		],
		[
			'text that was cut behind a picture',
			`{"data":[{"b64_json":"${GOOD}"},{"b6`,
			[{ stored: GOOD }],
			undefined,
		],
		[
			'an event stream',
			`: hi\n\nevent: image_generation.completed\ndata:\ndata: {"b64_json":"${GOOD}"}\n\n`,
			[{ stored: GOOD }],
			undefined,
		],
		[
			'an event with an odd field',
			`data: {"type":"image_generation.completed","b64_json":"${GOOD}","revised_prompt":5,"created_at":{}}\n\n`,
			[{ stored: GOOD }],
			undefined,
		],
		[
			'the whole answer as one event',
			`data: {"data":[null,{"b64_json":"${GOOD}"}]}\n\n`,
			[{ stored: GOOD }],
			1,
		],
	])('come out of an answer with %s', (_rule, body, expected, unread) => {
		const task = read(body, { count: expected.length });
		expect(task).toMatchObject({ status: 'succeeded', images: expected });
		expect(task.images).toHaveLength(expected.length);
		expect(task.images[0]).not.toHaveProperty('revisedPrompt', 5);
		expect(task.unread).toBe(unread);
	});

	test.each<[string, unknown, Date]>([
		['microseconds', 1795176000_000_000, new Date(1795176000_000)],
		['more than a date can hold', 1e300, RECEIVED_AT],
		['text', '2026-11-20T08:00:00Z', new Date('2026-11-20T08:00:00Z')],
		['another text', 'yesterday', RECEIVED_AT],
		['an object', {}, RECEIVED_AT],
	])('may have been made at a time in %s', (_rule, created, createdAt) => {
		expect(read({ created, data: [{ url: LINK }] }).createdAt).toEqual(createdAt);
	});

	test.each<[string, unknown]>([
		['a list', []],
		['counts as text', { input_tokens: '5', output_tokens: '7' }],
		['nothing in it', {}],
	])('come with a usage that is %s', (_rule, usage) => {
		expect(read({ data: [{ url: LINK }], usage })).toMatchObject({ images: [{ url: LINK }] });
	});

	it('keep their counts when only the details of those are odd', () => {
		const usage = { input_tokens: 5, output_tokens: 7, input_tokens_details: 'none' };
		expect(read({ data: [{ url: LINK }], usage }).usage).toMatchObject({ output_tokens: 7 });
	});

	it('are said to be fewer, with the words of the server', () => {
		const task = read({ data: [{ url: LINK }], error: 'One was refused.' }, { count: 2 });
		expect(task.failure).toEqual({ code: 'fewer_images', message: 'One was refused.' });
	});

	test.each<[string, unknown, object]>([
		['an empty list', { data: [] }, { kind: 'noImage' }],
		['empty base64', { data: [{ b64_json: '' }] }, { kind: 'noImage' }],
		['an empty entry', { data: [{}] }, { kind: 'noImage' }],
		['null in the list', { data: [null] }, { kind: 'noImage' }],
		['an empty list of images', { images: [] }, { kind: 'noImage' }],
		[
			'the words of the server as text',
			{ data: [], error: 'The upstream gave up.' },
			{ kind: 'noImage', message: 'OpenAI: The upstream gave up.' },
		],
		[
			'the words of the server as an error',
			{ error: { message: 'The upstream gave up.', code: 'upstream_error' } },
			{ kind: 'noImage', message: 'OpenAI: The upstream gave up.', code: 'upstream_error' },
		],
		[
			'a refusal',
			{ data: [], error: { code: 'content_policy_violation', message: 'Not this.' } },
			{ kind: 'moderation' },
		],
		['a rate limit', { error: { code: 429, message: 'Slow down.' } }, { kind: 'rateLimit' }],
		['a web page', '<!doctype html>', { kind: 'unreadableAnswer' }],
		['text that was cut', '{"created":1,"da', { kind: 'unreadableAnswer' }],
		['null', null, { kind: 'unreadableAnswer' }],
		['a number', 5, { kind: 'unreadableAnswer' }],
		['a stream without a picture', 'data: {"type":"ping"}\n\n', { kind: 'unreadableAnswer' }],
	])('are missing in an answer with %s', (_rule, body, failure) => {
		expect(failureOf(() => read(body))).toMatchObject({ ...failure, status: 200 });
	});
});

describe('a background task', () => {
	const read = (body: unknown, request?: ImageRequest) =>
		tasks.readTask(answerWith({ body }), request);
	const odd = (result: unknown) => ({ type: 'image_generation_call', result });

	test.each<[string, unknown[], number | undefined]>([
		['a call whose result is a number', [odd(5), CALL], 1],
		['a call whose result is a text', [CALL, odd('sorry')], 1],
		['a call without a result', [odd(null), CALL], undefined],
		['an entry without a type', [{ id: 'x' }, CALL], undefined],
		['null', [null, CALL, MESSAGE], 1],
		['a number', [7, CALL], 1],
		[
			'a call with odd fields',
			[{ ...CALL, revised_prompt: 5, status: [], error: 'none' }],
			undefined,
		],
	])('has its picture beside %s', (_rule, output, unread) => {
		const task = read({ ...RESPONSE, output });
		expect(task).toMatchObject({ id: 'resp_1', status: 'succeeded', images: [{ stored: GOOD }] });
		expect(task.images).toHaveLength(1);
		expect(task.unread).toBe(unread);
	});

	test.each<[string, object]>([
		['a status that is a number', { status: 7 }],
		['no status', { status: undefined }],
		['tools that are no list', { tools: 'image_generation' }],
		['odd tools', { tools: [5, null] }],
		['a time in microseconds', { created_at: 1795176000_000_000 }],
		['a time that is a text', { created_at: 'now' }],
		['no tools', { tools: {} }],
	])('has its picture with %s', (_rule, parts) => {
		expect(read({ ...RESPONSE, ...parts })).toMatchObject({
			status: 'succeeded',
			images: [{ stored: GOOD }],
		});
	});

	it('whose only picture could not be read is not made anew', () => {
		expect(read({ ...RESPONSE, output: [odd(5)] })).toMatchObject({
			status: 'succeeded',
			images: [],
			unread: 1,
		});
	});

	test.each<[string, unknown, string]>([
		['no status', { id: 'resp_1' }, 'resp_1'],
		['a status that is a number', { id: 'resp_1', status: 5, output: [] }, 'resp_1'],
		['a numeric id', { id: 12345, status: 'queued' }, '12345'],
		['a numeric id and no status', { id: 12345 }, '12345'],
		['text that was cut behind its id', '{"id":"resp_1","obj', 'resp_1'],
		['text that was cut behind a numeric id', '{"id": 12345, "obj', '12345'],
		['text that was cut, behind another id', '{"id":"x","tools":[{"id":"y"}],"status":"qu', 'x'],
		[
			'text that was cut, with its id behind others',
			'{"tools":[{"id":"y"}],"id":"resp_1","status":"qu',
			'resp_1',
		],
		[
			'an event stream',
			Buffer.from(
				'data: {"type":"response.created","response":{"id":"resp_0"}}\n\ndata: {"type":"response.queued","response":{"id":"resp_1","status":"queued"}}\n\n',
			),
			'resp_1',
		],
		['text behind a byte order mark', '\ufeff{"id":"resp_1","obj', 'resp_1'],
	])('is waited for when it was created with %s', (_rule, body, id) => {
		const task = read(body, requestWith({}));
		expect(task).toMatchObject({ id, status: 'queued', images: [], model: 'gpt-image-2' });
	});

	test.each<[string, unknown]>([
		['text that was cut within its id', '{"id":"resp_1'],
		['text that was cut within a numeric id', '{"id": 123'],
		['text with the id of something else', '{"tools":[{"id":"y"}],"sta'],
		['a web page', '<!doctype html><p>"id": none</p>'],
	])('cannot be found again when it was created with %s', (_rule, body) => {
		expect(failureOf(() => read(body)).kind).toBe('unreadableAnswer');
	});

	it('may have an ID that is no well-formed text', () => {
		expect(tasks.poll('resp_\ud800').url).toBe(`${BASE}/responses/resp_%EF%BF%BD`);
		expect(tasks.cancel('resp_\ud800').url).toContain('%EF%BF%BD');
	});

	test.each<[string, string, string, string]>([
		['server_error', 'Something broke.', 'taskFailed', 'Run this again in a minute'],
		['rate_limit_exceeded', 'Too many.', 'taskFailed', 'Concurrency'],
		['invalid_prompt', 'The prompt is empty.', 'taskFailed', 'Change the Prompt'],
		['invalid_prompt', 'Your prompt was flagged.', 'moderation', 'refused again'],
		['image_content_policy_violation', 'Not this.', 'moderation', 'refused again'],
		['vector_store_timeout', 'Too late.', 'taskFailed', 'again'],
		['invalid_image', 'No.', 'taskFailed', 'PNG, JPEG or WebP'],
		['invalid_image_format', 'No.', 'taskFailed', 'PNG, JPEG or WebP'],
		['invalid_base64_image', 'No.', 'taskFailed', 'PNG, JPEG or WebP'],
		['invalid_image_url', 'No.', 'taskFailed', 'address'],
		['image_too_large', 'No.', 'taskFailed', 'smaller'],
		['image_too_small', 'No.', 'taskFailed', 'larger'],
		['image_parse_error', 'No.', 'taskFailed', 'PNG, JPEG or WebP'],
		['invalid_image_mode', 'No.', 'taskFailed', 'PNG, JPEG or WebP'],
		['image_file_too_large', 'No.', 'taskFailed', 'smaller'],
		['unsupported_image_media_type', 'No.', 'taskFailed', 'PNG, JPEG or WebP'],
		['empty_image_file', 'No.', 'taskFailed', 'PNG, JPEG or WebP'],
		['failed_to_download_image', 'No.', 'taskFailed', 'address'],
		['image_file_not_found', 'No.', 'taskFailed', 'address'],
		['a_code_of_next_year', 'No.', 'taskFailed', 'Run this again'],
	])('that failed with %s ("%s") is of the kind %s', (code, message, kind, advice) => {
		const task = read({ ...RESPONSE, status: 'failed', output: [], error: { code, message } });
		const { details } = tasks.readTaskFailure(task);
		expect(details).toMatchObject({ kind, code, message: `OpenAI: ${message}` });
		expect(details.advice).toContain(advice);
	});

	it('that failed with an error in plain words tells these', () => {
		const task = read({ ...RESPONSE, status: 'failed', output: [], error: 'Out of luck.' });
		expect(tasks.readTaskFailure(task).details.message).toBe('OpenAI: Out of luck.');
	});
});

describe('a batch', () => {
	const counts = { total: 3, completed: 2, failed: 1 };
	const read = (body: unknown) => batches.readCreated(answerWith({ body }));
	const line = (custom_id: unknown, body: unknown, status_code: unknown = 200) => ({
		custom_id,
		response: { status_code, body },
		error: null,
	});
	const results = (body: unknown[]) => batches.readResults(answerWith({ body }), 'gpt-image-2');

	test.each<[string, unknown, string]>([
		['no status', { id: 'batch_1' }, 'batch_1'],
		['a numeric id', { id: 7, status: 'validating' }, '7'],
		['text that was cut behind its id', '{"id":"batch_1","obj', 'batch_1'],
	])('is known by its id when it was created with %s', (_rule, body, id) => {
		expect(read(body).id).toBe(id);
	});

	test.each<[string, unknown, unknown, object]>([
		[
			'a byte order mark',
			`\ufeff${JSON.stringify(line('a', { data: [{ url: LINK }] }))}`,
			'a',
			{ images: [{ url: LINK }] },
		],
		[
			'null in the list',
			line('a', { data: [null, { url: LINK }] }),
			'a',
			{ images: [{ url: LINK }] },
		],
		['a numeric name', line(7, { data: [{ url: LINK }] }), '7', { images: [{ url: LINK }] }],
		['a status as text', line('a', { images: [GOOD] }, '200'), 'a', { images: [{ stored: GOOD }] }],
		['no name', line(null, { data: [{ url: LINK }] }), 'line 1', { images: [{ url: LINK }] }],
		[
			'a cut behind a picture',
			`{"custom_id":"a","response":{"body":{"data":[{"b64_json":"${GOOD}"},{"b6`,
			'a',
			{ images: [{ stored: GOOD }] },
		],
	])('has the picture of a line with %s', (_rule, given, customId, task) => {
		expect(results([given])).toMatchObject([{ customId, task }]);
	});

	test.each<[string, unknown, boolean]>([
		['whole', line('a', { data: [{ url: LINK }] }), false],
		['partly unreadable', line('a', { data: [{ url: LINK }, 5] }), true],
		['cut', `{"custom_id":"a","response":{"body":{"data":[{"b64_json":"${GOOD}"},{"b6`, true],
	])('says of a line that is %s what is missing', (_rule, given, isMissing) => {
		const [result] = results([given]);
		expect(result?.failure !== undefined).toBe(isMissing);
		expect(result?.task?.unread).toBeUndefined();
	});

	test.each<[string, unknown, object]>([
		['an empty list', line('a', { data: [] }), { kind: 'noImage' }],
		[
			'an error under 200',
			line('a', { error: { message: 'Gave up.' } }),
			{ kind: 'noImage', message: 'OpenAI: Gave up.' },
		],
		[
			'a refusal under 200',
			line('a', { error: { code: 'moderation_blocked' } }),
			{ kind: 'moderation' },
		],
	])('has the failure of a line with %s', (_rule, given, failure) => {
		expect(results([given])).toMatchObject([{ customId: 'a', failure }]);
	});

	const filesOf = (parts: object) => resultFilesOf(read({ id: 'batch_1', ...parts }));

	test.each<[string, object, Array<[string, number | undefined]>]>([
		[
			'both files',
			{ output_file_id: 'o', error_file_id: 'e', request_counts: counts },
			[
				['o', 2],
				['e', 1],
			],
		],
		['everything in one file', { output_file_id: 'o', request_counts: counts }, [['o', 3]]],
		['errors only', { error_file_id: 'e', request_counts: counts }, [['e', 3]]],
		[
			'no counts',
			{ output_file_id: 'o', error_file_id: 'e' },
			[
				['o', undefined],
				['e', undefined],
			],
		],
		['no file', { request_counts: counts }, []],
	])('with %s tells how many lines each file is to have', (_rule, parts, files) => {
		expect(filesOf(parts).map(({ id, count }) => [id, count])).toEqual(files);
	});

	/** How many lines have come of each file; null for a file that could not be read. */
	type Lines = { o?: number | null; e?: number | null };
	test.each<[string, string, unknown, Lines, number, number]>([
		['all lines', 'completed', counts, { o: 2, e: 1 }, 0, 0],
		['one line less', 'completed', counts, { o: 1, e: 1 }, 1, 0],
		['no line', 'completed', counts, { o: 0, e: 0 }, 3, 0],
		['no file', 'completed', counts, {}, 3, 0],
		['more lines', 'completed', counts, { o: 3, e: 1 }, 0, 0],
		['nothing counted', 'cancelled', undefined, { o: 0 }, 0, 0],
		['everything in one file', 'completed', counts, { o: 3 }, 0, 0],
		['rows that it still has to run', 'in_progress', { ...counts, total: 9 }, { o: 2, e: 1 }, 0, 0],
		['rows that were never run', 'cancelled', { ...counts, total: 9 }, { o: 2, e: 1 }, 0, 6],
		[
			'rows that were never run, and no file',
			'expired',
			{ total: 4, completed: 0, failed: 0 },
			{},
			0,
			4,
		],
		[
			'rows that are counted as failed',
			'cancelled',
			{ total: 5, completed: 2, failed: 3 },
			{ o: 2 },
			3,
			0,
		],
		[
			'lines for expired rows',
			'expired',
			{ total: 3, completed: 1, failed: 2 },
			{ o: 1, e: 2 },
			0,
			0,
		],
		[
			'uncounted lines for expired rows',
			'expired',
			{ total: 3, completed: 1, failed: 0 },
			{ o: 1, e: 2 },
			0,
			0,
		],
		[
			'those, and one line less',
			'expired',
			{ total: 5, completed: 3, failed: 0 },
			{ o: 2, e: 2 },
			1,
			0,
		],
		[
			'a missing line and a row that was never run',
			'cancelled',
			{ ...counts, total: 4 },
			{ o: 1, e: 1 },
			1,
			1,
		],
		['a file that could not be read', 'completed', counts, { o: null, e: 1 }, 0, 0],
		[
			'such a file, and rows that were never run',
			'expired',
			{ ...counts, total: 7 },
			{ o: null, e: 1 },
			0,
			4,
		],
		['such a file, and one line less', 'completed', counts, { o: null, e: 0 }, 1, 0],
		[
			'fewer rows than were done',
			'cancelled',
			{ total: 0, completed: 2, failed: 1 },
			{ o: 2, e: 1 },
			0,
			0,
		],
	])('with %s', (_rule, status, request_counts, lines, missing, neverRun) => {
		const parts = {
			status,
			request_counts,
			output_file_id: lines.o === undefined ? null : 'o',
			error_file_id: lines.e === undefined ? null : 'e',
		};
		const linesOf = (id: string) => lines[id as keyof Lines] ?? 0;
		const isRead = ({ id }: { id: string }) => lines[id as keyof Lines] !== null;
		const files = filesOf(parts);
		const found = files.filter(isRead).map((file) => ({ ...file, lines: linesOf(file.id) }));
		const unread = files.filter((file) => !isRead(file));
		const batch = read({ id: 'batch_1', ...parts });
		expect(absentRows(batch, found, unread)).toEqual({ missing, neverRun });
	});

	test.each<[string, unknown, string[]]>([
		['several lines', [{ custom_id: 'a', body: {} }, { custom_id: 7 }], ['a', '7']],
		['a line that was cut', ['{"custom_id":"a","bo', 'nothing'], ['a']],
		['nothing', [], []],
		['a web page', '<html>', []],
	])('was made of %s', (_rule, body, names) => {
		expect([...batches.readInput(answerWith({ body })).keys()]).toEqual(names);
	});

	test.each<[string, number, string[], string[], string[] | undefined]>([
		['one is missing', 1, ['a', 'b'], ['a'], ['b']],
		['all are missing', 2, ['a', 'b'], [], ['a', 'b']],
		['the file was not there', 1, [], ['a'], undefined],
		['more are absent than the batch counts', 1, ['a', 'b', 'c'], ['a'], undefined],
		['a line has lost its name', 1, ['a', 'b', 'c'], ['a', 'line 2'], undefined],
	])('names its missing lines when %s', (_rule, missing, wanted, arrived, names) => {
		const found = arrived.map((customId) => ({ customId }));
		expect(missingNames(missing, wanted, found)).toEqual(names);
	});
});

describe('an answer in words', () => {
	const read = (body: unknown) => chat.readReply(answerWith({ body }));
	const GOOD_CHOICE = { message: { content: 'A fox.' }, finish_reason: 'stop' };

	test.each<[string, unknown]>([
		['null beside it', { choices: [null, GOOD_CHOICE] }],
		['one choice in place of the list', { choices: GOOD_CHOICE }],
		['an empty choice beside it', { choices: [{}, GOOD_CHOICE] }],
		['an odd model', { choices: [GOOD_CHOICE], model: 5 }],
		['an odd refusal', { choices: [{ message: { content: 'A fox.', refusal: 5 } }] }],
		['odd tool calls', { choices: [{ message: { content: 'A fox.', tool_calls: 'none' } }] }],
		['an odd reason for its end', { choices: [{ ...GOOD_CHOICE, finish_reason: 5 }] }],
		[
			'its text in parts',
			{
				choices: [{ message: { content: [{ type: 'text', text: 'A ' }, { text: 'fox.' }, null] } }],
			},
		],
		[
			'its text in events',
			'data:\ndata: {"choices":[{"delta":{"content":"A "}}]}\n\n: hi\n\ndata: {"choices":[{"delta":{"content":"fox."},"finish_reason":"stop"}]}\n\ndata: [DONE]\n\n',
		],
	])('is read with %s', (_rule, body) => {
		expect(read(body).text).toBe('A fox.');
	});

	test.each<[string, unknown, object]>([
		['no choice', { choices: [] }, { kind: 'unreadableAnswer' }],
		['null as choice', { choices: [null] }, { kind: 'unreadableAnswer' }],
		['choices that are none', { choices: 5 }, { kind: 'unreadableAnswer' }],
		[
			'an error in a choice',
			{
				choices: [
					{ error: { message: 'Gave up.' }, finish_reason: 'error', message: { content: null } },
				],
			},
			{ kind: 'unreadableAnswer', message: 'OpenAI: Gave up.' },
		],
		['an error alone', { error: { code: 429, message: 'Slow down.' } }, { kind: 'rateLimit' }],
		[
			'events that end too soon',
			'data: {"choices":[{"delta":{"content":"A "}}]}\n\n',
			{ kind: 'unreadableAnswer' },
		],
		[
			'events that end in an error when it has begun',
			'data: {"choices":[{"delta":{"content":"A "}}]}\n\ndata: {"error":{"code":429,"message":"Slow down."}}\n\n',
			{ kind: 'unreadableAnswer', message: 'OpenAI: Slow down.' },
		],
		['text that was cut', '{"choices":[{"mess', { kind: 'unreadableAnswer' }],
	])('is missing with %s', (_rule, body, failure) => {
		expect(failureOf(() => read(body))).toMatchObject(failure);
	});
});
