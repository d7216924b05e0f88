// /webhook_endpoints: make, list, look at, change, delete, rotate the secret.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { callbackUrlProblem } from '../../callbacks/callback-url';
import type { Account } from '../accounts/accounts';
import { invalid, OpenAIError } from '../errors';
import { Fields, jsonFields } from '../fields';
import { page } from '../page';
import type { OpenAIService } from '../service';
import {
	type EndpointSettings,
	endpointJson,
	type EventType,
	eventTypes,
	type WebhookEndpoint,
} from '../webhooks/endpoints';

const NAME_LIMIT = 256;
const LIST_LIMIT = 100;

export function webhookRoutes(scope: FastifyInstance, service: OpenAIService): void {
	const { endpoints, webhookEndpoints } = service;

	scope.post(
		'/webhook_endpoints',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account }) => {
				const fields = jsonFields(request.body);
				const settings = readSettings(fields);
				const { name, url, eventTypes: types } = settings;
				if (name === undefined) throw fields.missing('name');
				if (url === undefined) throw fields.missing('url');
				if (types === undefined) throw fields.missing('event_types');
				const endpoint = webhookEndpoints.add(account.key, { name, url, eventTypes: types });
				return { status: 200, body: endpointJson(endpoint, true) };
			},
		}),
	);

	scope.get(
		'/webhook_endpoints',
		endpoints.endpoint({
			kind: 'list',
			work: async ({ request, account }) => {
				const found = webhookEndpoints.list(account.key);
				const limits = { max: LIST_LIMIT };
				const body = page(request, found, (endpoint) => endpointJson(endpoint), limits);
				return { status: 200, body };
			},
		}),
	);

	scope.get(
		'/webhook_endpoints/:id',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account }) => ({
				status: 200,
				body: endpointJson(endpointOf(request, account)),
			}),
		}),
	);

	scope.post(
		'/webhook_endpoints/:id',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account }) => {
				const endpoint = endpointOf(request, account);
				webhookEndpoints.update(endpoint, readSettings(jsonFields(request.body ?? {})));
				return { status: 200, body: endpointJson(endpoint) };
			},
		}),
	);

	scope.delete(
		'/webhook_endpoints/:id',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account }) => {
				const endpoint = endpointOf(request, account);
				webhookEndpoints.remove(endpoint);
				const { id } = endpoint;
				return { status: 200, body: { id, object: 'webhook_endpoint.deleted', deleted: true } };
			},
		}),
	);

	scope.post(
		'/webhook_endpoints/:id/rotate_secret',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account }) => {
				const endpoint = endpointOf(request, account);
				const fields = jsonFields(request.body ?? {});
				const keepOld = fields.flag('keep_old_secret_active_for_24_hours') ?? false;
				fields.refuseOthers();
				webhookEndpoints.rotate(endpoint, keepOld);
				return { status: 200, body: endpointJson(endpoint, true) };
			},
		}),
	);

	function endpointOf(request: FastifyRequest, { key }: Account): WebhookEndpoint {
		const { id } = request.params as { id: string };
		const endpoint = webhookEndpoints.ofKey(key, id);
		if (endpoint) return endpoint;
		throw new OpenAIError(404, `No webhook endpoint found with id '${id}'.`, { param: 'id' });
	}
}

function readSettings(fields: Fields): Partial<EndpointSettings> {
	const name = fields.value('name') === undefined ? undefined : readName(fields);
	const url = fields.text('url');
	const types = fields.list('event_types');
	fields.refuseOthers();
	const problem = url === undefined ? undefined : callbackUrlProblem(url);
	if (problem) throw invalid(`Invalid 'url': ${problem}.`, 'invalid_value', 'url');
	return {
		...(name !== undefined && { name }),
		...(url !== undefined && { url }),
		...(types !== undefined && { eventTypes: readTypes(fields, types) }),
	};
}

function readName(fields: Fields): string {
	return fields.required('name', { max: NAME_LIMIT });
}

function readTypes(fields: Fields, types: unknown[]): EventType[] {
	if (types.length === 0) {
		throw invalid(
			"Invalid 'event_types': empty array. Expected an array with minimum length 1.",
			'empty_array',
			'event_types',
		);
	}
	return [...new Set(types)].map((type, index) => {
		const known = eventTypes.find((one) => one === type);
		if (known) return known;
		throw fields.notSupported(`event_types[${index}]`, String(type), eventTypes);
	});
}
