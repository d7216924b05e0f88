// File names with letters outside ASCII arrive as they are, where a form carries them.
import { picture } from './EvoLink/pictures';
import { startBench as startCoreToday } from './CoreToday/setup';
import { startBench as startEvoLink } from './EvoLink/setup';
import { startBench as startOpenAi } from './OpenAiImages/setup';

const FILE_NAME = '한글 사진.png';

test.each(['filesystem', 'default'] as const)(
	'at EvoLink, from the %s store',
	async (binaryMode) => {
		const bench = await startEvoLink(binaryMode);
		const data = { ...(await picture('png')), fileName: FILE_NAME };
		const run = await bench.run(
			'file',
			'upload',
			{ binaryPropertyName: 'data' },
			{ items: [{ binary: { data } }] },
		);
		expect(run.error).toBeUndefined();
		expect(run.items[0]!.json.name).toBe(FILE_NAME);
		await bench.close();
	},
);

test('at Core.Today, with the request', async () => {
	const bench = await startCoreToday();
	const data = { ...(await picture('png')), fileName: FILE_NAME };
	const run = await bench.run(
		'image/edit',
		{ completion: 'return', options: { fileWay: 'multipart' } },
		{ items: [{ binary: { data } }] },
	);
	expect(run.error).toBeUndefined();
	const [prediction] = bench.sandbox.coreToday.predictions(run.key);
	expect(decodeURI(JSON.stringify(prediction!.input))).toContain(FILE_NAME);
	await bench.close();
});

test('at OpenAI, where a background task uploads it', async () => {
	const bench = await startOpenAi();
	const data = { ...(await picture('png', { width: 64, height: 64 })), fileName: FILE_NAME };
	const run = await bench.run(
		'image/edit',
		{ size: 'custom', customSize: '1024x640', completion: 'return' },
		{ items: [{ binary: { data } }] },
	);
	expect(run.error).toBeUndefined();
	const kept = await fetch(`${bench.sandbox.openai.baseUrl}/files`, {
		headers: { authorization: `Bearer ${run.key}` },
	});
	expect(await kept.json()).toMatchObject({ data: [{ filename: FILE_NAME }] });
	await bench.close();
});
