// The model list, as the official client sees it.
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { clientOf, refusal } from './support';

let sandbox: Sandbox;

beforeAll(async () => (sandbox = await startSandbox()));
afterAll(async () => await sandbox.close());

describe('the model list', () => {
	it('has shutdown dates, of models that are gone as well', async () => {
		const { data } = await clientOf(sandbox).models.list();
		const dates = Object.fromEntries(data.map((model) => [model.id, model.shutdown_date]));
		expect(dates).toMatchObject({
			'gpt-image-1': '2026-10-23',
			'dall-e-2': '2026-05-12',
			'dall-e-3': '2026-05-12',
			'gpt-image-1.5': '2026-12-01',
			'gpt-image-1-mini': '2026-12-01',
			'gpt-4o': '2027-01-14',
			'gpt-4o-mini': '2027-01-14',
			'gpt-image-2': null,
			'gpt-image-2.5': null,
			'gpt-image-2.5-sunburst': null,
		});
		for (const model of data) {
			expect(model).toMatchObject({ object: 'model', owned_by: 'system' });
			expect(Number.isInteger(model.created)).toBe(true);
		}
	});

	it('gives one model, and says when there is none', async () => {
		const client = clientOf(sandbox);
		expect(await client.models.retrieve('gpt-image-2')).toMatchObject({ id: 'gpt-image-2' });
		const error = await refusal(client.models.retrieve('gpt-image-0'));
		expect(error).toMatchObject({ status: 404, code: 'model_not_found', param: 'model' });
	});

	it('is without what the account does not have', async () => {
		const client = clientOf(sandbox, { faults: { lacks: ['gpt-6-luna'] } });
		const { data } = await client.models.list();
		expect(data.map(({ id }) => id)).not.toContain('gpt-6-luna');
		const messages = [{ role: 'user' as const, content: 'Hello' }];
		const asked = client.chat.completions.create({ model: 'gpt-6-luna', messages });
		expect(await refusal(asked)).toMatchObject({
			status: 404,
			code: 'model_not_found',
			param: null,
		});
	});

	it('is that of a compatible server where the key says so', async () => {
		const client = clientOf(sandbox, { faults: { alive: ['gpt-image-1', 'house-model'] } });
		expect(await client.models.retrieve('gpt-image-1')).toMatchObject({ shutdown_date: null });
		expect(await client.models.retrieve('house-model')).toMatchObject({ object: 'model' });
	});
});
