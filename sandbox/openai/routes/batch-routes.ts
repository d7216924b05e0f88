// POST /batches, GET /batches, GET /batches/{id} and POST /batches/{id}/cancel.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Account, checkQuota } from '../accounts/accounts';
import { type Batch, batchJson, finalStatuses } from '../batches/batches';
import { batchEndpoints } from '../batches/input-file';
import type { NewBatch } from '../batches/life';
import { invalid, OpenAIError } from '../errors';
import { type Fields, jsonFields } from '../fields';
import type { ApiFiles } from '../files/api-files';
import { page } from '../page';
import type { OpenAIService } from '../service';

const LIST_LIMIT = 100;

export function batchRoutes(scope: FastifyInstance, service: OpenAIService): void {
	const { endpoints, batches, batchLife, calls, files } = service;

	scope.post(
		'/batches',
		endpoints.endpoint({
			kind: 'create',
			work: async (call) => {
				const fields = jsonFields(call.request.body);
				const { account, faults } = call;
				return await calls.around(call, 'batches', fields.values, async () => {
					const wanted = readBatch(fields, account, files);
					checkQuota(account, faults);
					return { status: 200, body: batchJson(batchLife.create(account, wanted)) };
				});
			},
		}),
	);

	scope.get(
		'/batches',
		endpoints.endpoint({
			kind: 'list',
			work: async ({ request, account }) => {
				const limits = { max: LIST_LIMIT };
				return { status: 200, body: page(request, batches.list(account.key), batchJson, limits) };
			},
		}),
	);

	scope.get(
		'/batches/:id',
		endpoints.endpoint({
			kind: 'poll',
			work: async ({ request, account }) => {
				const batch = batchOf(request, account);
				if (batch.isHurried && batch.status !== 'cancelling') await batch.ended;
				return { status: 200, body: batchJson(batch) };
			},
		}),
	);

	scope.post(
		'/batches/:id/cancel',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account }) => {
				const batch = batchOf(request, account);
				if (finalStatuses.includes(batch.status)) {
					throw new OpenAIError(409, `Cannot cancel a batch with status '${batch.status}'.`);
				}
				batchLife.cancel(batch);
				return { status: 200, body: batchJson(batch) };
			},
		}),
	);

	function batchOf(request: FastifyRequest, { key }: Account): Batch {
		const { id } = request.params as { id: string };
		const batch = batches.ofKey(key, id);
		if (batch) return batch;
		throw new OpenAIError(404, `No batch found with id '${id}'.`, { param: 'batch_id' });
	}
}

function readBatch(fields: Fields, { key }: Account, files: ApiFiles): NewBatch {
	const fileId = fields.required('input_file_id');
	const endpoint = fields.choice('endpoint', batchEndpoints);
	if (endpoint === undefined) throw fields.missing('endpoint');
	if (fields.choice('completion_window', ['24h']) === undefined) {
		throw fields.missing('completion_window');
	}
	const metadata = fields.metadata() ?? null;
	fields.object('output_expires_after');
	fields.refuseOthers();
	const file = files.ofKey(key, fileId);
	if (file?.purpose === 'batch') return { endpoint, file, metadata };
	throw invalid(
		file
			? `The file '${fileId}' does not have the purpose 'batch'.`
			: `No such File object: ${fileId}`,
		'invalid_value',
		'input_file_id',
	);
}
