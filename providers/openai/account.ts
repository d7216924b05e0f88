// What an account may use: its models, and its webhook endpoints.
import { parseAnswer } from '../answer';
import type { HttpAnswer } from '../contract';
import { modelListSchema } from '../openAiShapes';
import { readTime } from '../times';
import { pathSegment } from '../url';
import { openAiRoutes } from './http';
import { webhookEndpointSchema } from './schemas';

const NAME = 'OpenAI';

export interface ListedModel {
	id: string;
	/** When OpenAI switches it off, where that is announced. */
	shutdownDate?: Date;
}

export function createOpenAiAccount(baseUrl: string) {
	const routes = openAiRoutes(baseUrl);
	return {
		models: () => routes.get('/models'),
		readModels,
		webhookEndpoint: (id: string) => routes.get(`/webhook_endpoints/${pathSegment(id)}`),
		createWebhookEndpoint: (name: string, url: string, eventTypes: string[]) =>
			routes.post('/webhook_endpoints', { name, url, event_types: eventTypes }),
		readWebhookEndpoint: (answer: HttpAnswer) => parseAnswer(webhookEndpointSchema, answer, NAME),
		deleteWebhookEndpoint: (id: string) => routes.delete(`/webhook_endpoints/${pathSegment(id)}`),
	};
}

/** The models that still work at the time of the answer. */
function readModels(answer: HttpAnswer): ListedModel[] {
	return parseAnswer(modelListSchema, answer, NAME)
		.data.map(({ id, shutdown_date }) => ({ id, shutdownDate: readTime(shutdown_date) }))
		.filter(({ shutdownDate }) => !shutdownDate || shutdownDate > answer.receivedAt);
}
