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

test('what the account can use, in order', async () => {
	const found = await search();
	expect(namesOf(found)).toEqual(['gpt-4o-image', 'gpt-image-1', 'gpt-image-2', 'gpt-image-2.5']);
	expect(found.results[0]).toEqual({ name: 'gpt-4o-image', value: 'gpt-4o-image' });
});

test('a search narrows the list, however it is written', async () => {
	expect(namesOf(await search('image-2'))).toEqual(['gpt-image-2', 'gpt-image-2.5']);
	expect(namesOf(await search(' 4O '))).toEqual(['gpt-4o-image']);
	expect(namesOf(await search('seedream'))).toEqual([]);
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
		message: 'The Base URL "evolink" isn\'t a web address.',
	});
});
