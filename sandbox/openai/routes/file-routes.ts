// The Files API: upload, list, look at, download, delete.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Account } from '../accounts/accounts';
import { OpenAIError } from '../errors';
import { type ApiFile, fileJson, type NewFile } from '../files/api-files';
import { contentAnswer } from '../files/content';
import { readUpload } from '../files/upload-form';
import { page } from '../page';
import type { OpenAIService } from '../service';

const LIST_LIMIT = 10_000;

export function fileRoutes(scope: FastifyInstance, service: OpenAIService): void {
	const { endpoints, files, budget, lifetime } = service;

	scope.post(
		'/files',
		endpoints.endpoint<NewFile>({
			kind: 'upload',
			read: async (request, { key }) => await readUpload(request, key),
			work: async ({ input }) => ({ status: 200, body: fileJson(files.add(input)) }),
		}),
	);

	scope.get(
		'/files',
		endpoints.endpoint({
			kind: 'list',
			work: async ({ request, account }) => {
				const { purpose } = request.query as { purpose?: string };
				const found = files
					.list(account.key)
					.filter((file) => purpose === undefined || file.purpose === purpose);
				const limits = { max: LIST_LIMIT, usual: LIST_LIMIT };
				return { status: 200, body: page(request, found, fileJson, limits) };
			},
		}),
	);

	scope.get(
		'/files/:id',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account }) => ({
				status: 200,
				body: fileJson(fileOf(request, account)),
			}),
		}),
	);

	scope.get(
		'/files/:id/content',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account, faults }) =>
				contentAnswer(request, fileOf(request, account), {
					fault: faults.content,
					breaks: (times) => budget.take(`key:${account.key}`, 'content', times),
					lifetime,
				}),
		}),
	);

	scope.delete(
		'/files/:id',
		endpoints.endpoint({
			kind: 'other',
			work: async ({ request, account }) => {
				const file = fileOf(request, account);
				files.remove(file);
				return { status: 200, body: { id: file.id, object: 'file', deleted: true } };
			},
		}),
	);

	function fileOf(request: FastifyRequest, { key }: Account): ApiFile {
		const { id } = request.params as { id: string };
		const file = files.ofKey(key, id);
		if (file) return file;
		throw new OpenAIError(404, `No such File object: ${id}`, { param: 'id' });
	}
}
