// What an account may use: its models, and its webhook endpoints.
import { parseAnswer } from '../answers/parseAnswer';
import type { HttpAnswer } from '../contract';
import { modelListSchema } from '../answers/openAiShapes';
import { readTime } from '../answers/times';
import { versionedRoutesAt } from '../requests/routes';
import { pathSegment } from '../requests/url';
import { readFailure } from './failures';
import type { ListedModel } from './models';
import { webhookEndpointSchema } from './schemas';

export function createOpenAiAccount(baseUrl: string) {
	const routes = versionedRoutesAt(baseUrl);
	return {
		models: () => routes.get('/models'),
		readModels,
		webhookEndpoint: (id: string) => routes.get(`/webhook_endpoints/${pathSegment(id)}`),
		createWebhookEndpoint: (name: string, url: string, eventTypes: string[]) =>
			routes.post('/webhook_endpoints', { name, url, event_types: eventTypes }),
		readWebhookEndpoint: (answer: HttpAnswer) =>
			parseAnswer(webhookEndpointSchema, answer, readFailure),
		deleteWebhookEndpoint: (id: string) => routes.delete(`/webhook_endpoints/${pathSegment(id)}`),
	};
}

/** The models that still work at the time of the answer. */
function readModels(answer: HttpAnswer): ListedModel[] {
	return parseAnswer(modelListSchema, answer, readFailure)
		.data.map(({ id, shutdown_date }) => ({ id, shutdownDate: readTime(shutdown_date) }))
		.filter(({ shutdownDate }) => !shutdownDate || shutdownDate > answer.receivedAt);
}
