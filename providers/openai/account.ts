// What an account may use: its models, and its webhook endpoints.
import { parseAnswer } from '../answer';
import type { HttpAnswer } from '../contract';
import { modelListSchema } from '../openAiShapes';
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
		webhookEndpoint: (id: string) => routes.get(`/webhook_endpoints/${encodeURIComponent(id)}`),
		createWebhookEndpoint: (name: string, url: string, eventTypes: string[]) =>
			routes.post('/webhook_endpoints', { name, url, event_types: eventTypes }),
		readWebhookEndpoint: (answer: HttpAnswer) => parseAnswer(webhookEndpointSchema, answer, NAME),
		deleteWebhookEndpoint: (id: string) =>
			routes.delete(`/webhook_endpoints/${encodeURIComponent(id)}`),
	};
}

/** The models that still work at the time of the answer. */
function readModels(answer: HttpAnswer): ListedModel[] {
	return parseAnswer(modelListSchema, answer, NAME)
		.data.map(({ id, shutdown_date }) => ({ id, shutdownDate: dateOf(shutdown_date) }))
		.filter(({ shutdownDate }) => !shutdownDate || shutdownDate > answer.receivedAt);
}

/** A date as text, or seconds since 1970. Date alone would find a date in almost any text with a number. */
function dateOf(value: string | number | null | undefined): Date | undefined {
	const text = String(value || '');
	if (/^\d{1,12}$/.test(text)) return new Date(Number(text) * 1000);
	return /^\d{4}-\d{2}-\d{2}/.test(text) && !Number.isNaN(Date.parse(text))
		? new Date(text)
		: undefined;
}
