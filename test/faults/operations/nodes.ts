// The nodes, and how their credentials lead to the server. With .js, as without an ending the codex beside a node is found first.
import { CoreTodayApi } from '../../../credentials/CoreTodayApi.credentials';
import { EvoLinkApi } from '../../../credentials/EvoLinkApi.credentials';
import { FalApi } from '../../../credentials/FalApi.credentials';
import { ImageChatApi } from '../../../credentials/ImageChatApi.credentials';
import { OpenAiImagesApi } from '../../../credentials/OpenAiImagesApi.credentials';
import { CoreToday } from '../../../nodes/CoreToday/CoreToday.node.js';
import { CoreTodayTrigger } from '../../../nodes/CoreToday/CoreTodayTrigger.node.js';
import { EvoLink } from '../../../nodes/EvoLink/EvoLink.node.js';
import { EvoLinkTrigger } from '../../../nodes/EvoLink/EvoLinkTrigger.node.js';
import { Fal } from '../../../nodes/Fal/Fal.node.js';
import { FalTrigger } from '../../../nodes/Fal/FalTrigger.node.js';
import { ImageChat } from '../../../nodes/ImageChat/ImageChat.node.js';
import { OpenAiImages } from '../../../nodes/OpenAiImages/OpenAiImages.node.js';
import { OpenAiImagesTrigger } from '../../../nodes/OpenAiImages/OpenAiImagesTrigger.node.js';
import type { Provider } from '../cells';
import type { ProviderNode } from './operation';

export const nodes: Record<Provider, ProviderNode> = {
	openai: {
		node: () => new OpenAiImages(),
		trigger: () => new OpenAiImagesTrigger(),
		credentialType: new OpenAiImagesApi(),
		credentials: (base, apiKey, _step, dead = base) => ({
			openAiImagesApi: { apiKey, baseUrl: `${dead}/v1` },
		}),
	},
	fal: {
		node: () => new Fal(),
		trigger: () => new FalTrigger(),
		credentialType: new FalApi(),
		credentials: (base, apiKey, step, dead = base) => {
			const ofAccount = ['list', 'price', 'balance'].includes(step);
			const ofQueue = !ofAccount && step !== 'upload';
			return {
				falApi: {
					apiKey,
					baseUrl: `${ofQueue ? dead : base}/queue`,
					filesBaseUrl: `${step === 'upload' ? dead : base}/files`,
					apiBaseUrl: `${ofAccount ? dead : base}/api`,
				},
			};
		},
	},
	evolink: {
		node: () => new EvoLink(),
		trigger: () => new EvoLinkTrigger(),
		credentialType: new EvoLinkApi(),
		credentials: (base, apiKey, step, dead = base) => ({
			evoLinkApi: {
				apiKey,
				baseUrl: step === 'upload' ? base : dead,
				filesBaseUrl: step === 'upload' ? dead : base,
			},
		}),
	},
	coretoday: {
		node: () => new CoreToday(),
		trigger: () => new CoreTodayTrigger(),
		credentialType: new CoreTodayApi(),
		credentials: (base, apiKey, _step, dead = base) => ({
			coreTodayApi: { apiKey, baseUrl: `${dead}/v1` },
		}),
	},
	imagechat: {
		node: () => new ImageChat(),
		credentialType: new ImageChatApi(),
		credentials: (base, apiKey, _step, dead = base) => ({
			imageChatApi: { apiKey, baseUrl: `${dead}/v1` },
		}),
	},
};
