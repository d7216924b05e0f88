// The Model list of the EvoLink node, as the editor fills it.
import { EvoLink } from '../../../nodes/EvoLink/EvoLink.node';
import { startBench, type Bench } from './setup';
import { requestsOf } from './traffic';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

async function search(filter?: string, credential: { apiKey?: string; baseUrl?: string } = {}) {
	const { evoLinkApi } = bench.credentials();
	return await bench.engine.listSearch({
		node: new EvoLink(),
		credentials: { evoLinkApi: { ...evoLinkApi, ...credential } },
		method: 'searchModels',
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
	// Those that make films stand behind, also where their names speak of images.
	const place = (name: string) => names.indexOf(name);
	expect(place('kling-o3-image-to-video')).toBeGreaterThan(place('wan2.5-image-to-image'));
	expect(found.results.slice(0, 2)).toEqual([
		{ name: 'GPT Image 2.5', value: 'gpt-image-2.5', description: 'gpt-image-2.5' },
		{ name: 'GPT Image 2 · best text', value: 'gpt-image-2', description: 'gpt-image-2' },
	]);
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
