// All routes of OpenAI, and where they are.
import type { Scope } from '../../http/scopes';
import type { OpenAIService } from '../service';
import { batchRoutes } from './batch-routes';
import { chatRoutes } from './chat-routes';
import { fileRoutes } from './file-routes';
import { imageRoutes } from './image-routes';
import { modelRoutes } from './model-routes';
import { responseRoutes } from './response-routes';
import { resultRoutes } from './result-routes';
import { webhookRoutes } from './webhook-routes';

export const openaiScopes: Array<Scope<OpenAIService>> = [
	{
		prefix: '/openai/v1',
		withKey: [
			modelRoutes,
			imageRoutes,
			chatRoutes,
			responseRoutes,
			fileRoutes,
			batchRoutes,
			webhookRoutes,
		],
	},
	{ prefix: '/openai-results', open: [resultRoutes] },
];
