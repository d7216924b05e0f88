// POST /predictions, POST /predictions/upload and GET /predictions/{id}.
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FaultSource } from '../../faults/misbehave';
import type { Answer } from '../../http/answer';
import type { Account } from '../accounts';
import { readCreateRequest } from '../create-request';
import { type Call, directivesOf } from '../endpoint';
import { CoreTodayError } from '../errors';
import { readCreateForm } from '../form';
import { otherIdsOf } from '../oddities';
import { predictionJson } from '../prediction-json';
import { type Prediction, stateAtFirst } from '../predictions';
import type { CoreTodayService } from '../service';

/** Pictures go by link or as files, so a JSON body is never large. */
const JSON_LIMIT = 8 * 1024 * 1024;

export function predictionRoutes(scope: FastifyInstance, service: CoreTodayService): void {
	const { endpoints, predictions, files } = service;

	scope.post(
		'/predictions',
		{ bodyLimit: JSON_LIMIT },
		endpoints.endpoint<unknown>({
			kind: 'create',
			read: async ({ body }) => body,
			prompt: promptOf,
			work: async (call) => await create(call, service),
		}),
	);

	scope.post(
		'/predictions/upload',
		endpoints.endpoint<unknown>({
			kind: 'create',
			read: async (request) => await readCreateForm(request, files),
			prompt: promptOf,
			work: async (call) => await create(call, service),
		}),
	);

	scope.get(
		'/predictions/:id',
		endpoints.endpoint({
			kind: 'poll',
			ownFaults,
			work: async ({ request, account }) => {
				const id = idOf(request);
				const prediction = predictionOf(account, id);
				if (!prediction) throw new CoreTodayError(404, `The prediction "${id}" does not exist.`);
				return { status: 200, body: predictionJson(prediction, service.viewOf(prediction)) };
			},
		}),
	);

	function predictionOf({ key }: Account, id: string): Prediction | undefined {
		const isAsked = (prediction: Prediction) => otherIdsOf(prediction.id).includes(id);
		return predictions.ofKey(key, id) ?? predictions.list(key).find(isAsked);
	}

	function ownFaults(request: FastifyRequest, account: Account): FaultSource[] {
		const prediction = predictionOf(account, idOf(request));
		if (!prediction) return [];
		return [{ scope: `prediction:${prediction.id}`, faults: prediction.faults }];
	}
}

/** Nothing keeps a create that is sent again from making a second prediction: no document names a way. */
async function create(call: Call<unknown>, service: CoreTodayService): Promise<Answer> {
	const { account, input, promptFaults } = call;
	const request = readCreateRequest(input);
	const { prompt: drawnPrompt } = directivesOf(request.image.prompt);
	const prediction = await service.life.create({ account, request, drawnPrompt, promptFaults });
	const view = service.viewOf(prediction);
	if (view.faults.paidOutcomeUnknown) {
		throw new CoreTodayError(500, 'The outcome of this paid request is unknown.');
	}
	return { status: 200, body: predictionJson(prediction, view, stateAtFirst) };
}

function promptOf(body: unknown): string {
	const { input } = (body ?? {}) as { input?: { prompt?: unknown } | null };
	return typeof input?.prompt === 'string' ? input.prompt : '';
}

function idOf({ params }: FastifyRequest): string {
	return (params as { id: string }).id;
}
