// Before a request that is paid for leaves, n8n's log names the item that it is for: should n8n die over it, that is all
// that is left of it.
import { CoreTodayApi } from '../../credentials/CoreTodayApi.credentials';
import { EvoLinkApi } from '../../credentials/EvoLinkApi.credentials';
import { ImageChatApi } from '../../credentials/ImageChatApi.credentials';
import { CoreToday } from '../../nodes/CoreToday/CoreToday.node';
import { EvoLink } from '../../nodes/EvoLink/EvoLink.node';
import { ImageChat } from '../../nodes/ImageChat/ImageChat.node';
import { startSandbox, type Sandbox } from '../../sandbox';
import { startEngine, until, type Engine, type RunOptions } from './support';

let engine: Engine;
let sandbox: Sandbox;
beforeAll(async () => {
	engine = await startEngine({
		credentialTypes: [new CoreTodayApi(), new EvoLinkApi(), new ImageChatApi()],
	});
	sandbox = await startSandbox();
});
afterAll(async () => {
	await engine.close();
	await sandbox.close();
});

const generate = (options: Record<string, unknown> = {}) => ({
	resource: 'image',
	operation: 'generate',
	prompt: 'A red bicycle',
	options: { output: 'link', timeLimitSeconds: 5, ...options },
});

const chat = (prompt: string): RunOptions => ({
	node: new ImageChat(),
	parameters: { ...generate(), prompt, sizeWish: '64x64' },
	credentials: {
		imageChatApi: { apiKey: sandbox.chat.addKey(), baseUrl: sandbox.chat.baseUrl },
	},
});

test('of an order that is never answered, the log names item and execution', async () => {
	const run = await engine.run({
		...chat('A red bicycle [sandbox: create=200 body=hang]'),
		items: [{}, {}],
		executionId: '401',
		onError: 'continueRegularOutput',
	});
	expect(run.items.map(({ json }) => json.mayBeCharged)).toEqual([true, true]);
	for (const item of [0, 1]) {
		const line = `Sending a paid request to the gateway (item ${item} of Image Chat, execution 401).`;
		await until(async () => (await engine.log()).includes(line));
	}
});

test('it stands before the line that names the task, with the reference of the person', async () => {
	const { baseUrl, filesBaseUrl } = sandbox.evolink;
	await engine.run({
		node: new EvoLink(),
		parameters: { ...generate({ reference: 'row 12' }), completion: 'return' },
		credentials: { evoLinkApi: { apiKey: sandbox.evolink.addKey(), baseUrl, filesBaseUrl } },
		executionId: '402',
	});
	const where = '(item 0 of EvoLink, execution 402, reference \\"row 12\\").';
	await until(async () => (await engine.log()).includes(`${where}`));
	await until(async () => /has started the task \S+ \(item 0 of EvoLink/.test(await engine.log()));
	const log = await engine.log();
	const sent = log.indexOf(`Sending a paid request to EvoLink ${where}`);
	expect(sent).toBeGreaterThan(-1);
	expect(log.indexOf('EvoLink has started the task')).toBeGreaterThan(sent);
});

test('what is refused before anything is sent has no line', async () => {
	const { baseUrl } = sandbox.coreToday;
	const run = await engine.run({
		node: new CoreToday(),
		parameters: { ...generate(), prompt: '={{ "" }}' },
		credentials: { coreTodayApi: { apiKey: sandbox.coreToday.addKey(), baseUrl } },
		executionId: '403',
	});
	expect(run.error?.message).toBe('The Prompt is empty.');
	// A line of a later execution is there, so an earlier one would be, too.
	await engine.run({ ...chat('A red bicycle'), executionId: '404' });
	await until(async () => (await engine.log()).includes('execution 404'));
	expect(await engine.log()).not.toContain('execution 403');
});
