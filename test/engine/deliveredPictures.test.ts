// Triggers whose tasks have their pictures written into the answer, in place of a link.
import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink } from './EvoLink/setup';
import { modelById, startBench as startFal } from './Fal/setup';
import { until, type EngineTrigger } from './support';

const ORDERED = {
	completion: 'return',
	prompt: 'A kite [sandbox: seconds=1, poll=200 odd=data-uri]',
	options: { reference: 'A-17' },
};

let bench: { close(): Promise<void> };
afterEach(async () => await bench.close());

async function expectPicture(listening: EngineTrigger): Promise<void> {
	const [item] = await until(() => listening.started[0]);
	expect(item!.json).toMatchObject({ status: 'succeeded', reference: 'A-17', fileSize: 70 });
	expect(await listening.binary(item!)).toHaveLength(70);
	expect(item!.json.downloadError).toBeUndefined();
}

test('the EvoLink Trigger brings the picture', async () => {
	const started = (bench = await startEvoLink());
	const { key } = started.credentials();
	const listening = await started.trigger(key);
	await started.image('generate', { ...ORDERED, callbackUrl: listening.url }, { key });
	await expectPicture(listening);
});

test('the Core.Today Trigger brings the picture', async () => {
	const started = (bench = await startCoreToday());
	const key = started.sandbox.coreToday.addKey();
	const listening = await started.trigger(key);
	await started.run('image/generate', { ...ORDERED, callbackUrl: listening.url }, { key });
	await expectPicture(listening);
});

test('the fal Trigger brings the picture', async () => {
	const started = (bench = await startFal());
	const key = started.sandbox.fal.addKey();
	const listening = await started.trigger(key);
	const model = modelById('fal-ai/flux/dev');
	await started.run('image/generate', { ...ORDERED, model, callbackUrl: listening.url }, { key });
	await expectPicture(listening);
});
