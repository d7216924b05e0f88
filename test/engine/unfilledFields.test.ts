// What n8n would have filled in, in a field that is switched to Fixed: refused in every text field, before anything is sent.
// Braces that are none of n8n's are sent as they are.
import type { IDataObject } from 'n8n-workflow';

import { picture } from './EvoLink/pictures';
import { startBench as startEvoLink, type Bench as EvoLinkBench } from './EvoLink/setup';
import { requestsOf as evoLinkRequests, SMALL as SMALL_EVOLINK } from './EvoLink/traffic';
import { startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';
import { callOf, requestsOf, SMALL } from './OpenAiImages/traffic';

const told = (field: string, written: string) =>
	`${field} has ${written} in it, and n8n takes that as plain text in a fixed field. Nothing was sent.`;

describe('OpenAI Images', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	const generate = async (parameters: IDataObject, options = {}) =>
		await bench.run('image/generate', { ...SMALL, ...parameters }, options);

	test.each<[operation: string, parameters: IDataObject, field: string, written: string]>([
		['image/generate', { prompt: 'A {{ $json.title }}' }, 'Prompt', '{{ $json.title }}'],
		['image/generate', { prompt: '{{$json["title"]}} and more' }, 'Prompt', '{{$json["title"] }}'],
		['image/generate', { prompt: '{{ $now.toISO() }}' }, 'Prompt', '{{ $now.toISO() }}'],
		[
			'image/generate',
			{ prompt: 'A {{ $("Row").item.json.a }}' },
			'Prompt',
			'{{ $("Row").item.json.a }}',
		],
		[
			'image/generate',
			{ prompt: "{{ 'A' + $('Row').item.json.a }}" },
			'Prompt',
			"{{ 'A' + $('Row').item.json.a }}",
		],
		[
			'image/generate',
			{ options: { reference: '{{ $json.order }}-{{ $itemIndex }}' } },
			'Your Reference',
			'{{ $json.order }}',
		],
		[
			'image/generate',
			{ options: { fileName: '{{ $json.sku }}' } },
			'File Name',
			'{{ $json.sku }}',
		],
		[
			'image/generate',
			{ model: { __rl: true, mode: 'id', value: '{{ $json.model }}' } },
			'Model',
			'{{ $json.model }}',
		],
		[
			'image/generate',
			{
				size: 'formats',
				ownFormats: { formats: [{ name: '{{ $json.a }}', width: 9, height: 9 }] },
			},
			'Name',
			'{{ $json.a }}',
		],
		[
			'image/edit',
			{ inputImages: { images: [{ source: 'url', url: '{{ $json.photo }}' }] } },
			'URL',
			'{{ $json.photo }}',
		],
		['image/analyze', { text: 'About {{ $json.title }}' }, 'Text', '{{ $json.title }}'],
		[
			'image/analyze',
			{ text: 'Hi', options: { systemMessage: '{{ $json.tone }}' } },
			'System Message',
			'{{ $json.tone }}',
		],
		['batch/create', { customId: '{{ $json.id }}' }, 'Custom ID', '{{ $json.id }}'],
		['image/estimateCost', { prompt: '{{ $json.a }}' }, 'Prompt', '{{ $json.a }}'],
		['task/get', { taskId: '{{ $json.taskId }}' }, 'Task ID', '{{ $json.taskId }}'],
	])('%s %j', async (operation, parameters, field, written) => {
		const run = await bench.run(operation as 'image/generate', { ...SMALL, ...parameters });
		expect(run.error).toMatchObject({
			message: told(field, written),
			description: expect.stringMatching(/^Switch the field from Fixed to Expression, /),
		});
		expect(requestsOf(bench, run.key)).toEqual([]);
	});

	test.each([
		'A poster that says {{ name }}',
		'{"scene": {"mood": {"light": "warm"}}}',
		'{{ customer.first_name }} in {{ $price }}',
		'{{#each items}}{{this}}{{/each}}',
		'Costs $json {{ and }} more',
		'A note: $json.title in braces {{',
	])('%s is sent as it is', async (prompt) => {
		const run = await generate({ prompt });
		expect(run.error).toBeUndefined();
		expect(callOf(bench, run.key).parameters.prompt).toBe(prompt);
	});

	test('an expression may bring anything, such as a text about n8n', async () => {
		const title = 'How to write {{ $json.title }}';
		const run = await generate({ prompt: '={{ $json.title }}' }, { items: [{ json: { title } }] });
		expect(run.error).toBeUndefined();
		expect(callOf(bench, run.key).parameters.prompt).toBe(title);
	});
});

describe('EvoLink', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	test('where the workflow goes on, every item says so, and nothing is uploaded', async () => {
		const run = await bench.image(
			'edit',
			{ ...SMALL_EVOLINK, prompt: '{{ $json.scene }}' },
			{
				items: [
					{ binary: { data: await picture('png') } },
					{ binary: { data: await picture('png') } },
				],
				onError: 'continueRegularOutput',
			},
		);
		const error = told('Prompt', '{{ $json.scene }}');
		expect(run.items.map(({ json }) => json)).toMatchObject([
			{ error, kind: 'badInput', status: 'failed' },
			{ error, kind: 'badInput', status: 'failed' },
		]);
		expect(evoLinkRequests(bench, run.key)).toEqual([]);
	});

	test('a suspended execution orders nothing either', async () => {
		const run = await bench.image(
			'generate',
			{ ...SMALL_EVOLINK, prompt: '{{ $json.scene }}', completion: 'suspend' },
			{ suspendable: true },
		);
		expect(run.error?.message).toBe(told('Prompt', '{{ $json.scene }}'));
		expect(evoLinkRequests(bench, run.key)).toEqual([]);
	});
});
