import type { Provider } from '../cells';
import type { Protocol } from '../server/protocol';
import { coretoday } from './coretoday';
import { evolink } from './evolink';
import { fal } from './fal';
import { imagechat } from './imagechat';
import { openai } from './openai';

/** What each provider's server speaks, unless an operation needs another. */
export const protocols: Record<Provider, Protocol> = {
	openai: openai(),
	fal,
	evolink,
	coretoday,
	imagechat,
};
