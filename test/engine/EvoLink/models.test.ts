// The Model list of the EvoLink node, as the editor fills it.
import { EvoLink } from '../../../nodes/EvoLink/EvoLink.node';
import { startBench, type Bench } from './setup';
import { requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

async function search(
	filter?: string,
	credential: { apiKey?: string; baseUrl?: string } = {},
	operation = 'generate',
) {
	const { evoLinkApi } = bench.credentials();
	return await bench.engine.listSearch({
		node: new EvoLink(),
		credentials: { evoLinkApi: { ...evoLinkApi, ...credential } },
		method: 'searchModels',
		parameters: { operation },
		filter,
	});
}

const namesOf = (found: Awaited<ReturnType<typeof search>>) =>
	found.results.map(({ value }) => value);

test('what the account can use: models that are known first, by their names', async () => {
	const found = await search();
	const names = namesOf(found);
	expect(names.filter((name) => /^gpt/.test(String(name)))).toEqual([
		'gpt-image-2.5',
		'gpt-image-2',
		'gpt-image-1',
		'gpt-4o-image',
		'gpt-image-1.5',
		'gpt-image-1.5-lite',
	]);
	expect(names).toContain('z-image-turbo');
	expect(found.results.slice(0, 2)).toEqual([
		{ name: 'GPT Image 2.5', value: 'gpt-image-2.5', description: 'gpt-image-2.5' },
		{ name: 'GPT Image 2 · best text', value: 'gpt-image-2', description: 'gpt-image-2' },
	]);
});

test('only what the operation can use is listed, as far as names tell it', async () => {
	const listedFor = async (operation: string) => namesOf(await search('', {}, operation));
	const [drawing, editing] = [await listedFor('generate'), await listedFor('edit')];
	const ofOther = /video|[it]2v|seedance|kling|sora|veo|hailuo|suno/i;
	expect([...drawing, ...editing].filter((name) => ofOther.test(String(name)))).toEqual([]);
	expect(editing).toEqual(expect.arrayContaining(['wan2.5-i2i-preview', 'qwen-image-edit']));
	expect(drawing).toEqual(expect.arrayContaining(['wan2.5-t2i-preview', 'z-image-turbo']));
	expect(drawing.filter((name) => /i2i|-edit|image-to/.test(String(name)))).toEqual([]);
	expect(editing.filter((name) => /t2i|text-to/.test(String(name)))).toEqual([]);
	const priced = await listedFor('estimateCost');
	expect([...priced].sort()).toEqual([...new Set([...drawing, ...editing])].sort());
});

test('a search narrows the list, however it is written', async () => {
	expect(namesOf(await search('image-2'))).toEqual(['gpt-image-2.5', 'gpt-image-2']);
	expect(namesOf(await search('GPT image 2'))).toEqual(['gpt-image-2.5', 'gpt-image-2']);
	expect(namesOf(await search('best text'))).toEqual(['gpt-image-2']);
	expect(namesOf(await search(' 4O '))).toEqual(['gpt-4o-image']);
	expect(namesOf(await search('flux'))).toEqual([]);
});

test('a wrong key gives a clear error in place of a list', async () => {
	const failed = search('', { apiKey: 'wrong' });
	await expect(failed).rejects.toMatchObject({
		name: 'NodeApiError',
		message: expect.stringMatching(/^EvoLink: /),
		description: expect.stringContaining('Open the EvoLink credential and check the API Key.'),
		httpCode: '401',
	});
	expect(requestsOf(bench, 'wrong')).toHaveLength(1);
});

test('so does a Base URL that is none', async () => {
	await expect(search('', { baseUrl: 'evolink' })).rejects.toMatchObject({
		name: 'NodeOperationError',
		message: 'The Base URL "evolink" isn\'t a web address: https:// is missing.',
	});
});
