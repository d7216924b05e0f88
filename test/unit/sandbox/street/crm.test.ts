// The CRM: deals with photos, a webhook that may come twice, files and notes that come back, and its pages.
import sharp from 'sharp';
import { fetch } from 'undici';
import { type Sandbox, startSandbox } from '../../../../sandbox';
import { download, json, startReceiver, until } from '../support';
import { jpeg, type Refusal, StreetClient } from './support';

interface DealJson {
	id: string;
	title: string;
	stage: string;
	scene: string;
	amount: number;
	photo_url: string;
	mask_url: string | null;
	url: string;
	files: Array<{ name: string; url: string; mime_type: string; size: number }>;
	notes: Array<{ text: string }>;
}

interface EventJson {
	event_id: string;
	event: string;
	changed: string[];
	deal: DealJson;
}

let sandbox: Sandbox;
let client: StreetClient;

beforeEach(async () => {
	sandbox = await startSandbox();
	client = new StreetClient(`${sandbox.street.crmUrl}/v1`, 'sandbox-crm-token');
});
afterEach(async () => await sandbox.close());

const deal = async (id = '1001') => await json<DealJson>(await client.get(`/deals/${id}`), 200);
const change = async (body: unknown, status = 200) =>
	await json<DealJson & Refusal>(await client.json('PATCH', '/deals/1001', body), status);
/** What a browser sends when a form's button is pressed. */
const submit = async (path: string, fields: Record<string, string>, headers = {}) =>
	await fetch(sandbox.street.crmUrl + path, {
		method: 'POST',
		headers: { 'content-type': 'application/x-www-form-urlencoded', ...headers },
		body: new URLSearchParams(fields).toString(),
		redirect: 'manual',
	});

describe('deals', () => {
	it('have photos of products, all different', async () => {
		const { deals } = await json<{ deals: DealJson[] }>(await client.get('/deals'), 200);
		const photos = await Promise.all(deals.map(async (each) => await download(each.photo_url)));
		for (const photo of photos) {
			expect(await sharp(photo).metadata()).toMatchObject({ format: 'jpeg', width: 1024 });
		}
		expect(new Set(photos.map((photo) => photo.toString('base64'))).size).toBe(deals.length);
	});

	it('have masks of some photos, which open all but the product', async () => {
		const { deals } = await json<{ deals: DealJson[] }>(await client.get('/deals'), 200);
		expect(deals.map(({ mask_url }) => mask_url?.split('/').at(-1))).toEqual([
			'1001.png',
			undefined,
			undefined,
			'1004.png',
		]);
		const { data, info } = await sharp(await download(deals[0]!.mask_url!))
			.raw()
			.toBuffer({ resolveWithObject: true });
		expect(info).toMatchObject({ width: 1024, height: 1024, channels: 4 });
		const alphaAt = (x: number, y: number) => data[(y * info.width + x) * 4 + 3];
		expect([alphaAt(480, 560), alphaAt(20, 20), alphaAt(740, 805)]).toEqual([255, 0, 0]);
		const without = await fetch(`${sandbox.street.crmUrl}/masks/1002.png`);
		expect(without.status).toBe(404);
		expect(await (await fetch(deals[0]!.url)).text()).toContain('Its mask');
		expect(await (await fetch(deals[1]!.url)).text()).not.toContain('Its mask');
	});

	it('are changed field by field', async () => {
		const before = await deal();
		expect(await change({ stage: 'picture wanted', amount: 1500 })).toMatchObject({
			title: before.title,
			scene: before.scene,
			stage: 'picture wanted',
			amount: 1500,
		});
	});

	it.each([
		['a stage that there isn’t', { stage: 'sold' }, 'bad_value'],
		['no title', { title: ' ' }, 'bad_value'],
		['an amount that is no number', { amount: 'many' }, 'bad_value'],
		['a field that there isn’t', { photo_url: 'x' }, 'unknown_field'],
		['a list', [], 'bad_body'],
	])('%s is refused', async (_what, body, code) => {
		const before = await deal();
		expect((await change(body, 400)).error.code).toBe(code);
		expect(await deal()).toEqual(before);
	});

	it('that don’t exist are told, as is a wrong token', async () => {
		expect((await client.get('/deals/7')).status).toBe(404);
		const stranger = new StreetClient(`${sandbox.street.crmUrl}/v1`, 'sandbox-files-token');
		expect((await stranger.get('/deals')).status).toBe(401);
	});
});

describe('the webhook', () => {
	async function receiving(twice: string) {
		const receiver = await startReceiver();
		const set = await client.json('PUT', '/webhook', { url: receiver.url, twice });
		expect(await json(set, 200)).toEqual({ url: receiver.url, twice });
		const events = () => receiver.received.map(({ body }) => JSON.parse(body) as EventJson);
		return { ...receiver, events };
	}

	it('tells what has changed, and nothing where nothing has', async () => {
		const receiver = await receiving('never');
		await change({ stage: 'won', amount: 1200 });
		await change({ stage: 'won' });
		await change({ stage: 'lost' });
		await until(() => receiver.received.length === 2);
		expect(receiver.events()[0]).toMatchObject({
			event: 'deal.updated',
			changed: ['stage'],
			deal: { id: '1001', stage: 'won', photo_url: (await deal()).photo_url },
		});
		receiver.close();
	});

	it.each([
		['always', 2, [2, 2]],
		['never', 2, [1, 1]],
		['every third', 4, [1, 1, 2, 1]],
	])('comes twice %s', async (twice, changes, deliveries) => {
		const receiver = await receiving(twice);
		const wanted = deliveries.reduce((sum, count) => sum + count);
		for (let amount = 1; amount <= changes; amount++) await change({ amount });
		await until(() => sandbox.street.deliveries().length === wanted);
		const events = receiver.events();
		for (const [index, count] of deliveries.entries()) {
			const ofChange = events.filter((event) => event.deal.amount === index + 1);
			expect(ofChange).toHaveLength(count);
			expect(new Set(ofChange.map((event) => event.event_id)).size).toBe(1);
		}
		expect(new Set(events.map((event) => event.event_id)).size).toBe(changes);
		receiver.close();
	});

	it('is tried again when nobody takes it', async () => {
		const receiver = await startReceiver([500]);
		await client.json('PUT', '/webhook', { url: receiver.url, twice: 'never' });
		await change({ amount: 5 });
		await until(() => sandbox.street.deliveries().length === 2);
		expect(sandbox.street.deliveries().map(({ status }) => status)).toEqual([500, 200]);
		receiver.close();
	});

	it.each([
		[{ url: 'somewhere' }, 'bad_url'],
		[{ url: 'http://192.168.1.1/hook' }, 'bad_url'],
		[{ twice: 'sometimes' }, 'unknown_value'],
		[{ secret: 'x' }, 'unknown_field'],
	])('with %j is refused', async (body, code) => {
		const refusal = await json<Refusal>(await client.json('PUT', '/webhook', body), 400);
		expect(refusal.error.code).toBe(code);
	});
});

describe('what comes back', () => {
	it('is kept on the deal, and the page shows it', async () => {
		const picture = await jpeg(80, 60);
		const sent = await client.upload('/deals/1001/files', ['file', picture, 'mug & table.jpg']);
		const { files } = await json<DealJson>(sent, 201);
		expect(files).toEqual([
			expect.objectContaining({ name: 'mug _ table.jpg', mime_type: 'image/jpeg' }),
		]);
		expect((await download(files[0]?.url)).equals(picture)).toBe(true);

		const text = 'Here it is: http://127.0.0.1/a?b=1 <b>';
		const noted = await client.json('POST', '/deals/1001/notes', { text });
		expect((await json<DealJson>(noted, 201)).notes).toMatchObject([{ text }]);

		const page = await (await fetch((await deal()).url)).text();
		expect(page).toContain('mug%20_%20table.jpg');
		expect(page).toContain(
			'<a href="http://127.0.0.1/a?b=1">http://127.0.0.1/a?b=1</a> &#60;b&#62;',
		);
		expect((await deal('1002')).files).toEqual([]);
	});

	it.each([
		['an empty note', { text: '  ' }],
		['a note without text', {}],
		['a note that is far too long', { text: 'x'.repeat(5_001) }],
	])('%s is refused', async (_what, body) => {
		const refusal = await client.json('POST', '/deals/1001/notes', body);
		expect((await json<Refusal>(refusal, 400)).error.code).toBe('bad_note');
	});
});

describe('its pages', () => {
	const fields = { title: 'Cups', stage: 'won', scene: 'On a table', amount: '7.5' };

	it('change a deal and the webhook', async () => {
		const receiver = await startReceiver();
		const saved = await submit('/webhook', { url: receiver.url, twice: 'never' });
		expect(saved.headers.get('location')).toBe('/street/crm');
		const changed = await submit('/deals/1001', fields);
		expect(changed.status).toBe(303);
		expect(await deal()).toMatchObject({ ...fields, amount: 7.5 });
		await until(() => receiver.received.length === 1);
		await until(() => sandbox.street.deliveries().length === 1);
		const page = await (await fetch(sandbox.street.crmUrl)).text();
		expect(page).toContain(`value="${receiver.url}"`);
		expect(page).toContain('<td>200</td>');
		receiver.close();
	});

	it('say what is wrong', async () => {
		const answer = await submit('/deals/1001', { ...fields, amount: 'much' });
		expect(answer.status).toBe(400);
		expect(await answer.text()).toContain('must be a number, 0 or more.');
		const webhook = await submit('/webhook', { url: 'n8n', twice: 'never' });
		expect(await webhook.text()).toContain('it is no valid URL');
	});

	it('take nothing from a page of another host', async () => {
		const foreign = { origin: 'http://elsewhere.example' };
		expect((await submit('/deals/1001', fields, foreign)).status).toBe(403);
		expect((await deal()).title).not.toBe('Cups');
	});
});
