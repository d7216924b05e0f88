// What the editor offers of fal's models: the catalogue as it is searched, and what the chosen model's schema has.
import { Fal } from '../../../nodes/Fal/Fal.node';
import { modelById, startBench, type Bench } from './setup';

let bench: Bench;
beforeAll(async () => {
	bench = await startBench();
});
afterAll(async () => await bench.close());

const askedFor = (operation: string, model = '') => ({
	node: new Fal(),
	parameters: { resource: 'image', operation, model: modelById(model) },
	credentials: bench.credentials(bench.sandbox.fal.addKey()),
});
const search = async (operation: string, filter?: string, paginationToken?: string) =>
	await bench.engine.listSearch({
		...askedFor(operation),
		method: 'searchModels',
		filter,
		paginationToken,
	});

describe('the list of models', () => {
	test.each([
		['generate', 'FLUX.2 · good and cheap', 'fal-ai/flux-2'],
		['edit', 'FLUX.2 Edit · good and cheap', 'fal-ai/flux-2/edit'],
		['upscale', 'Clarity Upscaler', 'fal-ai/clarity-upscaler'],
		['removeBackground', 'Bria Background Remove', 'fal-ai/bria/background/remove'],
		['estimateCost', 'FLUX.2 · good and cheap', 'fal-ai/flux-2'],
	])('begins for %s with %s', async (operation, name, value) => {
		const { results } = await search(operation);
		expect(results[0]).toMatchObject({ name, value });
		expect(new Set(results.map((each) => each.value)).size).toBe(results.length);
	});

	test('is searched as one types', async () => {
		const { results } = await search('generate', 'any model');
		expect(results.map(({ value }) => value)).toEqual(['sandbox/any-model']);
	});

	test('has the well-known ones that fit before all others, and each once', async () => {
		const values = (await search('generate', 'banana')).results.map(({ value }) => String(value));
		expect(values[0]).toBe('fal-ai/nano-banana-2');
		expect(values.length).toBeGreaterThan(1);
		expect(values.every((value) => value.includes('banana'))).toBe(true);
	});

	test('tells a wrong key in words', async () => {
		const asked = { ...askedFor('generate'), credentials: bench.credentials('half') };
		await expect(bench.engine.listSearch({ ...asked, method: 'searchModels' })).rejects.toThrow(
			/two parts with a colon/,
		);
	});

	test('tells of a wrong address what to do', async () => {
		const credentials = bench.credentials('a:b', { apiBaseUrl: 'api.test' });
		const asked = { ...askedFor('generate'), credentials };
		await expect(
			bench.engine.listSearch({ ...asked, method: 'searchModels' }),
		).rejects.toMatchObject({
			message: 'The Catalogue Base URL "api.test" isn\'t a web address: https:// is missing.',
			description: 'Open the credential and enter an address that begins with https://',
		});
	});
});

describe('what a model lets one choose', () => {
	const sizes = async (model: string) =>
		(await bench.engine.loadOptions({ ...askedFor('generate', model), method: 'getSizes' })).map(
			({ value }) => value,
		);

	test('of sizes', async () => {
		expect(await sizes('fal-ai/flux/dev')).toEqual(
			expect.arrayContaining(['', 'landscape_16_9', '3:2', 'custom', 'formats']),
		);
		expect(await sizes('fal-ai/nano-banana')).toEqual(
			expect.arrayContaining(['', '21:9', 'custom', 'formats']),
		);
		expect(await sizes('fal-ai/nano-banana')).not.toContain('landscape_16_9');
		expect(await sizes('sandbox/no-schema')).toEqual(
			expect.arrayContaining(['', '16:9', 'custom', 'formats']),
		);
	});

	test('of qualities', async () => {
		const load = async (model: string) =>
			(
				await bench.engine.loadOptions({ ...askedFor('generate', model), method: 'getQualities' })
			).map(({ value }) => value);
		expect(await load('fal-ai/gpt-image-1.5')).toEqual(['', 'low', 'medium', 'high']);
		expect(await load('fal-ai/flux/dev')).toEqual(['']);
	});

	test('of everything else, with names, types and defaults', async () => {
		const { fields } = await bench.engine.mapResource({
			...askedFor('generate', 'sandbox/any-model'),
			method: 'getSettings',
		});
		expect(fields).toEqual([
			expect.objectContaining({ id: 'seed', type: 'string', required: false, removed: true }),
			expect.objectContaining({ id: 'mood', type: 'string', defaultValue: 'calm' }),
			expect.objectContaining({ id: 'lamps', type: 'number', defaultValue: 3 }),
		]);
		expect(fields[1]!.displayName).toContain('(usually calm)');
	});

	test('of switches: on or off', async () => {
		const { fields } = await bench.engine.mapResource({
			...askedFor('generate', 'fal-ai/flux/dev'),
			method: 'getSettings',
		});
		const checker = fields.find(({ id }) => id === 'enable_safety_checker');
		expect(checker).toMatchObject({ type: 'boolean', defaultValue: true });
		expect(checker!.displayName).toMatch(/ \(usually on\)$/);
	});

	test.each([
		['sandbox/no-schema', 0],
		['sandbox/loop', 2],
		['sandbox/three-hundred', 299],
	])('of %s: %i settings', async (model, count) => {
		const { fields } = await bench.engine.mapResource({
			...askedFor('generate', model),
			method: 'getSettings',
		});
		expect(fields).toHaveLength(count);
	});
});
