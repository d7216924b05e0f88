// File Name: what pictures are called, typed by a person or by the prompt, in every node and way; and never twice in a run.
import type { IDataObject } from 'n8n-workflow';

import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink, type Bench as EvoLinkBench } from './EvoLink/setup';
import { SMALL as SMALL_EVOLINK } from './EvoLink/traffic';
import { startBench as startImageChat } from './ImageChat/setup';
import { onBatch, onTask, startBatch, startTask } from './OpenAiImages/ordering';
import { startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';
import { callsOf, SMALL as SMALL_OPENAI } from './OpenAiImages/traffic';
import type { EngineRun } from './support';

/** As the item says it and as the file is called. */
function namesOf({ items, error }: EngineRun, field = 'data'): string[] {
	expect(error).toBeUndefined();
	return items.map(({ json, binary }) => {
		expect(binary![field]!.fileName).toBe(json.fileName);
		return String(json.fileName);
	});
}

describe('OpenAI Images', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	const generate = async (options: IDataObject, more: IDataObject = {}) =>
		await bench.run('image/generate', { ...SMALL_OPENAI, prompt: 'A red kite', ...more, options });

	test.each([
		['poster', 'png', 'poster.png'],
		['poster.png', 'png', 'poster.png'],
		['poster.png', 'webp', 'poster.webp'],
		['poster.jpeg', 'jpeg', 'poster.jpeg'],
		['poster.PNG', 'jpeg', 'poster.jpg'],
		['=poster {{ 7 * 6 }}', 'png', 'poster 42.png'],
		['={{ 4711 }}', 'png', '4711.png'],
		['v1.2', 'png', 'v1.2.png'],
		['={{ "Hi {" + "{name}" + "}" }}', 'png', 'Hi {{name}}.png'],
		['../../secret', 'png', 'secret.png'],
		['con', 'png', '_con.png'],
	])('%j as %s is %j', async (fileName, outputFormat, name) => {
		expect(namesOf(await generate({ fileName, outputFormat }))).toEqual([name]);
	});

	test.each([
		[
			'{{ $json.sku }}-front',
			'File Name has {{ $json.sku }} in it, and n8n takes that as plain text in a fixed field. Nothing was sent.',
		],
		[
			'{{ title }}-front',
			'The File Name has {{ in it, which n8n takes as plain text in a fixed field.',
		],
		['={{ ["a"] }}', 'File Name must be text, but it is a list.'],
		['={{ {} }}', 'File Name must be text, but it is of the type object.'],
		['={{ true }}', 'File Name must be text, but it is of the type boolean.'],
	])('%s is told before anything is ordered', async (fileName, message) => {
		const run = await generate({ fileName });
		expect(run.error?.message).toBe(message);
		expect(callsOf(bench, run.key)).toEqual([]);
	});

	test('without one, pictures are called by the prompt, in any alphabet', async () => {
		const items = ['A red kite', 'Красный змей', '빨간 연', 'طائرة ورقية', '🪁', '../../etc'].map(
			(prompt) => ({ json: { prompt } }),
		);
		const parameters = { ...SMALL_OPENAI, prompt: '={{ $json.prompt }}' };
		const run = await bench.run('image/generate', parameters, { items });
		const words = namesOf(run).map((name) => /^(.+)-\d{5}\.png$/.exec(name)![1]);
		expect(words).toEqual(['A-red-kite', 'Красный-змей', '빨간-연', 'طائرة-ورقية', '🪁', 'etc']);
	});

	test('drafts are called after their picture', async () => {
		const run = await generate({ fileName: 'poster.png', partialImages: 1 }, { numberOfImages: 2 });
		const names = run.items.flatMap(({ binary }) =>
			Object.values(binary!).map(({ fileName }) => fileName),
		);
		expect(names).toEqual([
			...['poster-1.png', 'poster-1-partial-1.png', 'poster-2.png', 'poster-2-partial-1.png'],
		]);
	});

	test('a fetched task is called by the prompt on its row, else by its ID', async () => {
		const { run, key, id } = await startTask(bench, 'A red kite');
		const taskId = '={{ $json.taskId }}';
		const on = (json: IDataObject) => ({ key, items: [{ json }] });
		const [named] = namesOf(await bench.run('task/wait', { taskId }, on(run.items[0]!.json)));
		expect(named).toMatch(/^A-red-kite-\d{5}\.png$/);
		const again = await bench.run('task/get', { taskId }, on(run.items[0]!.json));
		expect(namesOf(again)).toEqual([named]);
		const odd = await bench.run('task/get', { taskId }, on({ taskId: id, prompt: { is: 1 } }));
		expect(namesOf(odd)).toEqual([`openai-${id}-1.png`]);
		expect(namesOf(await onTask(bench, 'get', key, id))).toEqual([`openai-${id}-1.png`]);
		const typed = await onTask(bench, 'get', key, id, { options: { fileName: 'kite' } });
		expect(namesOf(typed)).toEqual(['kite.png']);
	});

	test('the pictures of a batch are called by their lines’ prompts', async () => {
		const { key, id } = await startBatch(bench, ['Same words', 'Same words', 'Others'], {});
		bench.sandbox.openai.finishBatch(id);
		const run = await onBatch(bench, 'getResults', key, id);
		const names = namesOf(run);
		expect(names.map((name) => /^(.+)-\d{5}(-2)?\.png$/.exec(name)![1]).sort()).toEqual([
			...['Others', 'Same-words', 'Same-words'],
		]);
		expect(new Set(names).size).toBe(3);
		const typed = await onBatch(bench, 'getResults', key, id, { options: { fileName: 'kite' } });
		expect(namesOf(typed)).toEqual(['kite.png', 'kite-2.png', 'kite-3.png']);
	});
});

describe('EvoLink', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	test('no two pictures of a run bear the same name, whatever their items say', async () => {
		const names = ['Poster', 'poster', 'Poster-2', '', 'Poster.png', '..'];
		const items = names.map((name) => ({ json: { name } }));
		const options = { fileName: '={{ $json.name }}' };
		const parameters = { ...SMALL_EVOLINK, prompt: 'A kite', options };
		const run = await bench.image('generate', parameters, { items });
		const found = namesOf(run);
		expect(found.slice(0, 3)).toEqual(['Poster.png', 'poster-2.png', 'Poster-2-2.png']);
		expect(found[4]).toBe('Poster-3.png');
		for (const index of [3, 5]) expect(found[index]).toMatch(/^A-kite-\d{5}\.png$/);
		expect(new Set(found.map((name) => name.toLowerCase())).size).toBe(names.length);
	});

	test('a name of ten thousand letters is cut', async () => {
		const options = { fileName: `=${'가'.repeat(10_000)}.png` };
		const [name] = namesOf(await bench.image('generate', { ...SMALL_EVOLINK, options }));
		expect(Buffer.byteLength(name!)).toBeLessThanOrEqual(120);
		expect(name).toMatch(/^가+\.png$/);
	});

	test('the same task is called the same, however it is fetched', async () => {
		const parameters = { ...SMALL_EVOLINK, prompt: 'A kite', numberOfImages: 2 };
		const run = await bench.image('generate', parameters);
		const [first, second] = namesOf(run);
		const number = Number(/-(\d{5})\.png$/.exec(first!)![1]);
		expect(second).toBe(`A-kite-${number + 1}.png`);
		const { json } = run.items[0]!;
		const on = { key: run.key, items: [{ json }] };
		const got = await bench.run('task', 'get', { taskId: '={{ $json.taskId }}' }, on);
		expect(namesOf(got)).toEqual([first, second]);
	});

	test('the key of the credential stands in no name', async () => {
		const { key } = bench.credentials();
		const options = { fileName: `My ${key}` };
		const run = await bench.image('generate', { ...SMALL_EVOLINK, options }, { key });
		expect(namesOf(run)[0]).not.toContain(key);
	});
});

test('Core.Today: by the prompt of the person, and of its own answer', async () => {
	const bench = await startCoreToday();
	const parameters = { prompt: 'A kite', numberOfImages: 2 };
	const run = await bench.run('image/generate', parameters, { account: { dialect: 'A' } });
	const names = namesOf(run);
	expect(names.every((name) => /^A-kite-\d{5}\.webp$/.test(name))).toBe(true);
	const taskIds = run.items.map(({ json }) => json.taskId);
	const got = await bench.run('task/get', { taskId: taskIds }, { key: run.key });
	for (const name of namesOf(got)) expect(name).toMatch(/^A-kite-\d{5}\.webp$/);
	await bench.close();
});

test('Image Chat: without what is added to the prompt', async () => {
	const bench = await startImageChat();
	const run = await bench.run('generate', { prompt: 'A kite', sizeWish: '64x64' });
	expect(namesOf(run)[0]).toMatch(/^A-kite-\d{5}\.png$/);
	await bench.close();
});
