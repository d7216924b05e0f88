// Which providers know an order again by its key, and whose orders may be sent again: where this is wrong, an image is
// made and paid for twice.
import type { ImageProvider } from '../../../providers/contract';
import { createChatGateway } from '../../../providers/chat';
import { createCoreToday } from '../../../providers/coretoday';
import { createEvoLink } from '../../../providers/evolink';
import { createFal } from '../../../providers/fal';
import { createOpenAiImages } from '../../../providers/openai/images';
import { createOpenAiTasks } from '../../../providers/openai/tasks';
import { requestWith } from './support';

const BASE = 'https://gateway.test/v1';
const OF_THE_ORDER = 'imagegen-0123456789abcdef';

test.each<[string, ImageProvider, boolean]>([
	['EvoLink', createEvoLink({ baseUrl: BASE, filesBaseUrl: BASE }), true],
	['Core.Today', createCoreToday(BASE, 'storage'), false],
	['fal', createFal({ baseUrl: BASE, filesBaseUrl: BASE, apiBaseUrl: BASE }), false],
	['Image Chat', createChatGateway(BASE), false],
	['OpenAI, images', createOpenAiImages(BASE), false],
	['OpenAI, background tasks', createOpenAiTasks(BASE), false],
])('%s', (_name, provider, knowsAgain) => {
	const { idempotent, headers = {} } = provider.submit(
		requestWith({ model: 'fal-ai/a' }),
		OF_THE_ORDER,
	);
	expect([provider.honoursKeys, idempotent]).toEqual([knowsAgain, knowsAgain]);
	expect(headers['Idempotency-Key']).toBe(knowsAgain ? OF_THE_ORDER : undefined);
});
