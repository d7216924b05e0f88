// Background tasks that ended without an image: why, in words, and what kind of failure that is.
import { createOpenAiTasks } from '../../../../providers/openai/tasks';
import { answerWith } from '../support';
import { CALL, MESSAGE, RESPONSE, type ImageGenerationCall } from './responses';

const tasks = createOpenAiTasks('https://api.openai.com/v1');
const read = (body: unknown) => tasks.readTask(answerWith({ body }));

describe('a response without an image', () => {
	const saying = (part: object) => ({ ...MESSAGE, content: [part] });
	const blocked = (moderation_stage: string, categories: string[]): ImageGenerationCall =>
		({
			id: 'ig_1',
			type: 'image_generation_call',
			status: 'failed',
			result: null,
			error: {
				code: 'moderation_blocked',
				message: 'Your request was rejected.',
				param: null,
				type: 'image_generation_user_error',
				moderation_details: { moderation_stage, categories },
			},
		}) as ImageGenerationCall;

	test.each<[string, object, string, string, string]>([
		[
			'whose tool was never called',
			{ output: [MESSAGE] },
			'taskFailed',
			'no_image',
			'OpenAI: the model answered in words instead of drawing: "Here it is."',
		],
		[
			'in which the model refused',
			{ output: [saying({ type: 'refusal', refusal: "I won't draw that." })] },
			'moderation',
			'refusal',
			'OpenAI: the model refused to draw: "I won\'t draw that."',
		],
		[
			'in which the model refused in plain words',
			{
				output: [
					{ ...CALL, status: 'failed', result: null },
					saying({ type: 'output_text', text: "I'm sorry, but I can't\nhelp with that." }),
				],
			},
			'moderation',
			'refusal',
			'OpenAI: the model refused to draw: "I\'m sorry, but I can\'t help with that."',
		],
		[
			'in which the model refused in Korean',
			{ output: [saying({ type: 'output_text', text: '죄송합니다. 그릴 수 없습니다.' })] },
			'moderation',
			'refusal',
			'OpenAI: the model refused to draw: "죄송합니다. 그릴 수 없습니다."',
		],
		[
			'that a filter stopped behind a refusal',
			{
				status: 'incomplete',
				incomplete_details: { reason: 'content_filter' },
				output: [saying({ type: 'refusal', refusal: 'No.' })],
			},
			'moderation',
			'content_filter',
			'OpenAI: the model refused to draw: "No."',
		],
		[
			'without any output',
			{ output: null },
			'taskFailed',
			'no_image',
			'OpenAI: the task ended without an image.',
		],
		[
			'whose picture is null',
			{ output: [{ ...CALL, result: null }] },
			'taskFailed',
			'no_image',
			'OpenAI: the task ended without an image.',
		],
		[
			'whose picture is empty',
			{ output: [{ ...CALL, result: '' }] },
			'taskFailed',
			'no_image',
			'OpenAI: the task ended without an image.',
		],
		[
			'that failed',
			{
				status: 'failed',
				output: [],
				error: { code: 'server_error', message: 'Something broke.' },
			},
			'taskFailed',
			'server_error',
			'OpenAI: Something broke.',
		],
		[
			'that failed for what it shows',
			{
				status: 'failed',
				output: [],
				error: { code: 'image_content_policy_violation', message: 'Not this.' },
			},
			'moderation',
			'image_content_policy_violation',
			'OpenAI: Not this.',
		],
		[
			'that failed for a policy',
			{ status: 'failed', output: [], error: { code: 'bio_policy', message: 'Not this.' } },
			'moderation',
			'bio_policy',
			'OpenAI: Not this.',
		],
		[
			'whose tokens ran out',
			{ status: 'incomplete', output: [], incomplete_details: { reason: 'max_output_tokens' } },
			'taskFailed',
			'max_output_tokens',
			'OpenAI: the task ended early (max_output_tokens).',
		],
		[
			'that a filter stopped',
			{ status: 'incomplete', output: [], incomplete_details: { reason: 'content_filter' } },
			'moderation',
			'content_filter',
			'OpenAI: the task ended early (content_filter).',
		],
		[
			'whose prompt was refused',
			{ output: [blocked('input', ['violence', 'self-harm'])] },
			'moderation',
			'moderation_blocked',
			"OpenAI's safety check refused the request (violence, self-harm): Your request was rejected.",
		],
		[
			'whose picture was held back',
			{ output: [blocked('output', ['sexual']), MESSAGE] },
			'moderation',
			'moderation_blocked',
			'OpenAI drew the image, but its safety check held it back (sexual): Your request was rejected.',
		],
		[
			'whose tool failed',
			{
				output: [{ ...CALL, status: 'failed', result: null, error: { message: 'Too busy.' } }],
			},
			'taskFailed',
			'no_image',
			'OpenAI: Too busy.',
		],
	])('%s', (_rule, parts, kind, code, message) => {
		const task = read({ ...RESPONSE, ...parts });
		expect(task).toMatchObject({ status: 'failed', images: [], failure: { code } });
		const { details } = tasks.readTaskFailure(task);
		expect(details).toMatchObject({ kind, code, message, taskId: 'resp_1' });
	});

	test.each<[string, object, { code: string; message: string }]>([
		[
			'that was refused by its call without a code',
			{
				output: [
					{
						...CALL,
						result: null,
						error: { message: 'No.', moderation_details: { moderation_stage: 'output' } },
					},
				],
			},
			{
				code: 'moderation_blocked',
				message: 'OpenAI drew the image, but its safety check held it back: No.',
			},
		],
		[
			'whose own error goes before that of a call',
			{
				status: 'failed',
				error: { code: 'server_error', message: 'Broken.' },
				output: [{ ...CALL, result: null, error: { code: 'e_17', message: 'Too busy.' } }],
			},
			{ code: 'server_error', message: 'Broken.' },
		],
		[
			'whose second call says why',
			{
				output: [
					{ ...CALL, result: null },
					{ ...CALL, result: null, error: { code: 'e_17', message: 'Too busy.' } },
				],
			},
			{ code: 'e_17', message: 'Too busy.' },
		],
		[
			'whose error has a type alone',
			{ status: 'failed', output: [], error: { type: 'server_error', message: 'Broken.' } },
			{ code: 'server_error', message: 'Broken.' },
		],
		[
			'whose error has no words',
			{ status: 'failed', output: [], error: { code: 'server_error' } },
			{ code: 'server_error', message: 'the task ended without an image.' },
		],
		[
			'whose error has no words beside a reason',
			{
				status: 'incomplete',
				output: [],
				error: { message: null },
				incomplete_details: { reason: 'content_filter' },
			},
			{ code: 'content_filter', message: 'the task ended early (content_filter).' },
		],
		[
			'whose error goes before the words of the model',
			{ status: 'failed', output: [MESSAGE], error: { message: 'Broken.' } },
			{ code: 'no_image', message: 'Broken.' },
		],
		[
			'that ended early with words',
			{
				status: 'incomplete',
				output: [MESSAGE],
				incomplete_details: { reason: 'max_output_tokens' },
			},
			{
				code: 'max_output_tokens',
				message: 'OpenAI: the model answered in words instead of drawing: "Here it is."',
			},
		],
		[
			'whose refusal goes before its other words',
			{
				output: [
					saying({ type: 'output_text', text: 'Well.' }),
					saying({ type: 'refusal', refusal: 'I would rather not.' }),
				],
			},
			{ code: 'refusal', message: 'OpenAI: the model refused to draw: "I would rather not."' },
		],
		[
			'that has words in several places',
			{
				output: [
					{ ...MESSAGE, content: [{ text: ' One' }, null, { text: '' }, { text: 'two' }] },
					{ ...MESSAGE, content: 'none' },
					saying({ text: 'three. ' }),
				],
			},
			{
				code: 'no_image',
				message: 'OpenAI: the model answered in words instead of drawing: "One two three."',
			},
		],
		[
			'that says nothing but spaces',
			{ output: [saying({ type: 'output_text', text: ' \n ' })] },
			{ code: 'no_image', message: 'the task ended without an image.' },
		],
	])('%s', (_rule, parts, failure) => {
		expect(read({ ...RESPONSE, ...parts }).failure).toEqual(failure);
	});

	it('is told by no more than its first twenty entries, with twenty parts each', () => {
		const words = (count: number) => Array.from({ length: count }, (_, i) => ({ text: `${i}.` }));
		const told = (output: unknown[]) => read({ ...RESPONSE, output }).failure?.message;
		const shown = Array.from({ length: 20 }, (_, i) => `${i}.`).join(' ');
		const message = `OpenAI: the model answered in words instead of drawing: "${shown}"`;
		expect(told([{ ...MESSAGE, content: words(21) }])).toBe(message);
		expect(told(words(21).map((part) => ({ ...MESSAGE, content: [part] })))).toBe(message);
	});

	test.each([
		'Sorry.',
		'I am unable to do it.',
		'I cannot draw this.',
		"I can't draw this.",
		'I can’t draw this.',
		'I cant draw this.',
		"I won't draw this.",
		'I won’t draw this.',
		'I am not able to.',
		'This is not allowed.',
		'It is against the policy.',
		'It is against our policies.',
		'It breaks the guidelines.',
		'죄송합니다.',
		'그릴 수 없습니다.',
		'抱歉。',
		'无法生成。',
		'無法生成。',
		'不能生成。',
		'申し訳ありません。',
		'描画できません。',
	])('is a refusal where the model says: %s', (text) => {
		const task = read({ ...RESPONSE, output: [saying({ type: 'output_text', text })] });
		expect(task.failure).toEqual({
			code: 'refusal',
			message: `OpenAI: the model refused to draw: "${text}"`,
		});
	});

	test.each(['A canticle.', 'It is allowed.', 'A policeman.', 'I wont.', '그릴 수 있습니다.'])(
		'is no refusal where the model says: %s',
		(text) => {
			const task = read({ ...RESPONSE, output: [saying({ type: 'output_text', text })] });
			expect(task.failure).toEqual({
				code: 'no_image',
				message: `OpenAI: the model answered in words instead of drawing: "${text}"`,
			});
		},
	);

	it('is told from one that was cancelled', () => {
		const task = read({ ...RESPONSE, status: 'cancelled', output: [] });
		expect(task.failure).toBeUndefined();
		expect(tasks.readTaskFailure(task).details).toMatchObject({
			kind: 'taskFailed',
			message: 'OpenAI: the task was cancelled before any image was made.',
			taskId: 'resp_1',
		});
	});

	it('must not be sent again unchanged when its content was refused', () => {
		const { advice } = tasks.readTaskFailure(
			read({ ...RESPONSE, output: [blocked('input', [])] }),
		).details;
		expect(advice).toContain('sent again unchanged, they will be refused again');
	});
});
