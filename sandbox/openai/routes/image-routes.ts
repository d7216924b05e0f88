// POST /images/generations, /images/edits and /images/variations.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Answer } from '../../http/answer';
import { checkQuota } from '../accounts/accounts';
import { noteImages, noteJob } from '../calls';
import type { Call } from '../endpoint';
import { OpenAIError } from '../errors';
import { isObject, jsonFields } from '../fields';
import { type EditForm, readEditForm } from '../images/edit-form';
import { readEdit, readGeneration, readJsonMaterial, runImageCall } from '../images/image-calls';
import type { ImageJob } from '../images/job';
import { streamedAnswer } from '../images/stream';
import { readVariation } from '../images/variation';
import type { OpenAIService } from '../service';

const MEGABYTE = 1024 * 1024;
/** Pictures may come as data URIs. */
const JSON_LIMIT = 96 * MEGABYTE;

export function imageRoutes(scope: FastifyInstance, service: OpenAIService): void {
	const { endpoints } = service;

	scope.post(
		'/images/generations',
		endpoints.endpoint({
			kind: 'create',
			prompt: promptOfBody,
			work: async (call) => {
				const fields = jsonFields(call.request.body);
				return await run(service, call, 'generations', fields.values, async () =>
					readGeneration(fields, call.account),
				);
			},
		}),
	);

	scope.post(
		'/images/edits',
		{ bodyLimit: JSON_LIMIT },
		endpoints.endpoint({
			kind: 'create',
			read: async (request, { key }) => await readEditInput(request, key, service),
			prompt: (_request, { fields }) => String(fields.values.prompt ?? ''),
			work: async (call) => {
				const { fields, material } = call.input;
				return await run(service, call, 'edits', fields.values, async () =>
					readEdit(fields, call.account, material),
				);
			},
		}),
	);

	scope.post(
		'/images/variations',
		endpoints.endpoint<EditForm>({
			kind: 'create',
			read: async (request, account) => {
				if (account.faults.alive?.includes('dall-e-2')) return await readForm(request);
				throw new OpenAIError(
					404,
					'The image variations endpoint has been retired. Use the image edits endpoint with a GPT Image model instead.',
					{ code: 'endpoint_retired' },
				);
			},
			work: async (call) => {
				const { fields, material } = call.input;
				return await run(service, call, 'variations', fields.values, async () =>
					readVariation(fields, call.account, material),
				);
			},
		}),
	);
}

async function run(
	{ calls, links, lifetime, pause }: OpenAIService,
	call: Call<unknown>,
	route: 'generations' | 'edits' | 'variations',
	parameters: Record<string, unknown>,
	read: () => Promise<ImageJob>,
): Promise<Answer> {
	return await calls.around(call, `images/${route}`, parameters, async (record) => {
		const job = await read();
		noteJob(record, job);
		const { account, faults } = call;
		checkQuota(account, faults);
		await pause(faults);
		const { made, body } = await runImageCall({ job, account, faults, links, route });
		noteImages(record, job, made);
		const { stream: fault } = faults;
		if (job.stream && route !== 'variations' && fault !== 'ignored') {
			return await streamedAnswer({ job, made, route, fault }, lifetime);
		}
		return { status: 200, body };
	});
}

function promptOfBody({ body }: FastifyRequest): string {
	return isObject(body) && typeof body.prompt === 'string' ? body.prompt : '';
}

async function readForm(request: FastifyRequest): Promise<EditForm> {
	if (request.isMultipart()) return await readEditForm(request);
	throw new OpenAIError(
		400,
		`Unsupported content type: '${request.headers['content-type'] ?? '(none)'}'. This API method only accepts 'multipart/form-data' requests.`,
		{ code: 'unsupported_content_type' },
	);
}

/** The edits endpoint takes a form, or JSON with links, data URIs and file ids. */
async function readEditInput(
	request: FastifyRequest,
	key: string,
	{ files, lifetime }: OpenAIService,
): Promise<EditForm> {
	if (!isObject(request.body)) return await readForm(request);
	const fields = jsonFields(request.body);
	return { fields, material: await readJsonMaterial(fields, { files, lifetime, key }) };
}
