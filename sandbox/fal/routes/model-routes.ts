// The catalogue, for everybody: all models page by page, those with certain IDs, or what a search finds. And where webhooks come from.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { sendAnswer } from '../../http/answer';
import { apiErrorAnswer, FalError } from '../errors';
import { findModel, models } from '../catalogue';
import type { Model } from '../catalogue/model';
import { openApiOf } from '../catalogue/openapi';

const USUAL_LIMIT = 50;
const MOST = 100;
const MOST_IDS = 50;
const UPDATED = '2026-11-01T00:00:00.000Z';

interface Query {
	limit?: string;
	cursor?: string;
	q?: string;
	category?: string;
	status?: string;
	endpoint_id?: string | string[];
	expand?: string | string[];
}

export function modelRoutes(scope: FastifyInstance): void {
	scope.get('/models', async (request, reply) => {
		try {
			return await reply.send(modelsFor(request));
		} catch (error) {
			if (!(error instanceof FalError)) throw error;
			return await sendAnswer(reply, apiErrorAnswer(error, request.id));
		}
	});

	scope.get('/meta', async (_request, reply) => {
		return await reply.send({ webhook_ip_ranges: ['127.0.0.0/8'] });
	});
}

function modelsFor(request: FastifyRequest) {
	const query = request.query as Query;
	const limit = Number(query.limit ?? USUAL_LIMIT);
	if (!Number.isInteger(limit) || limit < 1 || limit > MOST) {
		throw new FalError(400, `limit must be a number from 1 to ${MOST}`);
	}
	const start = startOf(query.cursor);
	const found = query.endpoint_id === undefined ? search(query) : byIds(query.endpoint_id);
	const shown = found.slice(start, start + limit);
	const end = start + shown.length;
	const hasMore = end < found.length;
	const withOpenApi = [query.expand].flat().includes('openapi-3.0');
	return {
		models: shown.map((model) => entryOf(model, withOpenApi)),
		next_cursor: hasMore ? Buffer.from(String(end)).toString('base64') : null,
		has_more: hasMore,
	};
}

function startOf(cursor: string | undefined): number {
	if (cursor === undefined) return 0;
	const start = Buffer.from(cursor, 'base64').toString();
	if (!/^\d+$/.test(start)) throw new FalError(400, 'cursor is not valid');
	return Number(start);
}

function idsOf(value: string | string[] | undefined): string[] {
	const ids = [value ?? []].flat().flatMap((each) => each.split(','));
	if (ids.length === 0) throw new FalError(400, 'endpoint_id is required');
	if (ids.length > MOST_IDS) throw new FalError(400, `At most ${MOST_IDS} endpoint_id`);
	return ids;
}

export function byIds(value: string | string[] | undefined): Model[] {
	return idsOf(value).map((id) => {
		const model = findModel(id);
		if (!model) throw new FalError(404, `Endpoint not found: ${id}`);
		return model;
	});
}

function search({ q = '', category, status }: Query): Model[] {
	const words = q.toLowerCase().split(/\s+/).filter(Boolean);
	return models.filter((model) => {
		const text = [model.id, model.name, model.description, model.category, ...model.tags]
			.join(' ')
			.toLowerCase();
		return (
			words.every((word) => text.includes(word)) &&
			(category === undefined || model.category === category) &&
			(status === undefined || statusOf(model) === status)
		);
	});
}

const statusOf = ({ isDeprecated }: Model) => (isDeprecated ? 'deprecated' : 'active');

function entryOf(model: Model, withOpenApi: boolean) {
	const { id, name, category, description, tags, group } = model;
	const openapi = withOpenApi ? openApiOf(model) : undefined;
	return {
		endpoint_id: id,
		metadata: {
			display_name: name,
			category,
			description,
			status: statusOf(model),
			tags,
			updated_at: UPDATED,
			is_favorited: null,
			thumbnail_url: '',
			model_url: `https://fal.run/${id}`,
			date: UPDATED,
			group: { key: group, label: name },
			highlighted: false,
			kind: 'inference',
			duration_estimate: 0.1,
			pinned: false,
			license_type: 'commercial',
		},
		...(openapi && { openapi }),
	};
}
