// What is tested: every node with every completion mode.

export const WAIT = 'Wait for the Images';
export const RETURN_TRIGGER = 'Return at Once + trigger';
export const RETURN_WAIT = 'Return at Once + Task: Wait';
export const RETURN_SECOND = 'Return at Once + second workflow';
export const SUSPEND = 'Pause Until the Images Are Ready';
export const BATCH = 'Batch + trigger';

const PROVIDERS = {
	evolink: {
		provider: 'evolink',
		name: 'EvoLink',
		node: 'evoLink',
		credentialType: 'evoLinkApi',
		triggerEvents: ['succeeded', 'failed', 'cancelled'],
	},
	coretoday: {
		provider: 'coretoday',
		name: 'Core.Today',
		node: 'coreToday',
		credentialType: 'coreTodayApi',
		triggerEvents: ['succeeded', 'failed', 'cancelled'],
	},
	fal: {
		provider: 'fal',
		name: 'fal',
		node: 'fal',
		credentialType: 'falApi',
		triggerEvents: ['succeeded', 'failed', 'cancelled'],
	},
	openai: {
		provider: 'openai',
		name: 'OpenAI Images',
		node: 'openAiImages',
		credentialType: 'openAiImagesApi',
		triggerEvents: ['response.completed', 'response.failed'],
	},
	chat: {
		provider: 'chat',
		name: 'Image Chat',
		node: 'imageChat',
		credentialType: 'imageChatApi',
	},
};

/**
 * `completion` is the node's parameter. `trigger` says that a workflow with the node's trigger receives the images,
 * `fetch` that a Task: Wait behind the node does, `second` that one in a second workflow does. `isSynchronous`: the
 * provider keeps no task, so what is under way when its worker dies can't be had from anybody.
 */
export const rows = [
	{ id: 'evolink-wait', ...PROVIDERS.evolink, mode: WAIT, completion: 'wait' },
	{
		id: 'evolink-trigger',
		...PROVIDERS.evolink,
		mode: RETURN_TRIGGER,
		completion: 'return',
		trigger: true,
	},
	{
		id: 'evolink-suspend',
		...PROVIDERS.evolink,
		mode: SUSPEND,
		completion: 'suspend',
	},
	{
		id: 'evolink-fetch',
		...PROVIDERS.evolink,
		mode: RETURN_WAIT,
		completion: 'return',
		fetch: true,
	},
	{ id: 'coretoday-wait', ...PROVIDERS.coretoday, mode: WAIT, completion: 'wait' },
	{
		id: 'coretoday-trigger',
		...PROVIDERS.coretoday,
		mode: RETURN_TRIGGER,
		completion: 'return',
		trigger: true,
	},
	{
		id: 'coretoday-suspend',
		...PROVIDERS.coretoday,
		mode: SUSPEND,
		completion: 'suspend',
	},
	{
		id: 'coretoday-fetch',
		...PROVIDERS.coretoday,
		mode: RETURN_WAIT,
		completion: 'return',
		fetch: true,
	},
	{
		id: 'coretoday-second',
		...PROVIDERS.coretoday,
		mode: RETURN_SECOND,
		completion: 'return',
		second: true,
	},
	{ id: 'fal-wait', ...PROVIDERS.fal, mode: WAIT, completion: 'wait' },
	{
		id: 'fal-trigger',
		...PROVIDERS.fal,
		mode: RETURN_TRIGGER,
		completion: 'return',
		trigger: true,
	},
	{ id: 'fal-suspend', ...PROVIDERS.fal, mode: SUSPEND, completion: 'suspend' },
	{ id: 'fal-fetch', ...PROVIDERS.fal, mode: RETURN_WAIT, completion: 'return', fetch: true },
	{
		id: 'openai-wait',
		...PROVIDERS.openai,
		mode: WAIT,
		completion: 'wait',
		isSynchronous: true,
	},
	{
		id: 'openai-trigger',
		...PROVIDERS.openai,
		mode: RETURN_TRIGGER,
		completion: 'return',
		trigger: true,
	},
	{
		id: 'openai-fetch',
		...PROVIDERS.openai,
		mode: RETURN_WAIT,
		completion: 'return',
		fetch: true,
	},
	{
		id: 'openai-batch',
		...PROVIDERS.openai,
		mode: BATCH,
		batch: true,
		trigger: true,
		triggerEvents: ['batch.completed'],
	},
	{ id: 'chat-wait', ...PROVIDERS.chat, mode: WAIT, completion: 'wait', isSynchronous: true },
];
