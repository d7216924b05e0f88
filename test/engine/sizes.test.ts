// Size and Custom Size in every node that has them, by hand and by expression: mended, or refused before anything is sent.
import type { IDataObject } from 'n8n-workflow';

import { startBench as startCoreToday, type Bench as CoreTodayBench } from './CoreToday/setup';
import { LINKS, OTHER_MODEL, requestsOf as coreTodayRequests } from './CoreToday/traffic';
import { startBench as startEvoLink, type Bench as EvoLinkBench } from './EvoLink/setup';
import { requestsOf as evoLinkRequests } from './EvoLink/traffic';
import { model, startBench as startOpenAi, type Bench as OpenAiBench } from './OpenAiImages/setup';
import { requestsOf as openAiRequests } from './OpenAiImages/traffic';
import type { EngineRun } from './support';

const RETURN = { completion: 'return' };
const custom = (customSize: string) => ({ size: 'custom', customSize });
const unreadable = (size: string) => `The Size "${size}" can't be read.`;

const REFUSED: Array<[what: string, size: IDataObject, message: string]> = [
	['0x0', custom('0x0'), unreadable('0x0')],
	['1024', custom('1024'), unreadable('1024')],
	['1024x', custom('1024x'), unreadable('1024x')],
	['-5x5', custom('-5x5'), unreadable('-5x5')],
	['1e3x1e3', custom('1e3x1e3'), unreadable('1e3x1e3')],
	['a number from an expression', custom('={{ 1024 }}'), unreadable('1024')],
	['a division', custom('={{ 1024 / 3 }}x512'), unreadable(`${1024 / 3}x512`)],
	['words', custom('as large as a house'), unreadable('as large as a house')],
	['an expression under Size', { size: '={{ "16:" }}' }, unreadable('16:')],
	['one that leads nowhere', custom('={{ $json.missing }}'), 'The Custom Size is empty.'],
	['nothing', custom('  '), 'The Custom Size is empty.'],
	['a yes', custom('={{ true }}'), 'Custom Size must be text, but it is of the type boolean.'],
];

/** Each must be refused with its message, and with nothing sent. */
function refuses(
	run: (size: IDataObject) => Promise<EngineRun & { key: string }>,
	requestsOf: (key: string) => unknown[],
): void {
	test.each(REFUSED)('refuses %s', async (_what, size, message) => {
		const ended = await run(size);
		expect(ended.error?.message).toBe(message);
		expect(requestsOf(ended.key)).toEqual([]);
	});
}

describe('EvoLink', () => {
	let bench: EvoLinkBench;
	beforeAll(async () => {
		bench = await startEvoLink();
	});
	afterAll(async () => await bench.close());

	refuses(
		async (size) => await bench.image('generate', { ...RETURN, ...size }),
		(key) => evoLinkRequests(bench, key),
	);

	test.each([
		['16/9', '1808x1024'],
		['１０２４x１０２４', '1024x1024'],
		['1024 px × 1024 px', '1024x1024'],
	])('takes %s as what it means', async (written, drawn) => {
		const run = await bench.image('generate', { ...RETURN, ...custom(written) });
		expect(run.error).toBeUndefined();
		expect(bench.sandbox.evolink.tasks(run.key)).toMatchObject([{ size: drawn }]);
	});
});

describe('Core.Today, with any model', () => {
	let bench: CoreTodayBench;
	beforeAll(async () => {
		bench = await startCoreToday();
	});
	afterAll(async () => await bench.close());

	const run = async (size: IDataObject) =>
		await bench.run('image/generate', { ...OTHER_MODEL, ...LINKS, ...size });

	refuses(run, (key) => coreTodayRequests(bench, key));

	test.each([
		['16/9', '16:9'],
		['landscape_16_9', 'landscape_16_9'],
		['ASPECT_16_9', 'ASPECT_16_9'],
	])('takes %s, as a model may have words of its own', async (written, sent) => {
		const ended = await run(custom(written));
		expect(ended.error).toBeUndefined();
		const [prediction] = bench.sandbox.coreToday.predictions(ended.key);
		expect(prediction!.input.aspect_ratio).toBe(sent);
	});
});

describe('OpenAI Images, with a model of another server', () => {
	let bench: OpenAiBench;
	beforeAll(async () => {
		bench = await startOpenAi();
	});
	afterAll(async () => await bench.close());

	describe.each(['wait', 'return'])('Waiting: %s', (completion) => {
		refuses(
			async (size) =>
				await bench.run('image/generate', { ...model('any-model'), completion, ...size }),
			(key) => openAiRequests(bench, key),
		);
	});
});
