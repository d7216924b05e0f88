// POST /v1/{images,videos,audios}/generations: checks, makes and starts a task.
import type { FastifyInstance } from 'fastify';
import { readDirectives } from '../../faults/directives';
import type { FaultSource } from '../../faults/misbehave';
import type { Answer } from '../../http/answer';
import { createOnce } from '../accounts';
import { readCreateRequest } from '../create-request';
import type { Call } from '../endpoint';
import { EvoLinkError } from '../errors';
import { readFilmRequest } from '../films';
import { readMusicRequest } from '../music';
import type { TaskRequest } from '../orders';
import type { EvoLinkService } from '../service';
import { stateAtFirst } from '../tasks';

const idempotencyKeyShape = /^[A-Za-z0-9._-]{16,96}$/;

type ReadRequest = (body: unknown) => TaskRequest;

const readers: Record<string, ReadRequest> = {
	images: readCreateRequest,
	videos: readFilmRequest,
	audios: readMusicRequest,
};

export function createRoutes(scope: FastifyInstance, service: EvoLinkService): void {
	for (const [name, read] of Object.entries(readers)) {
		scope.post(
			`/v1/${name}/generations`,
			service.endpoints.endpoint({
				kind: 'create',
				ownFaults: promptFaults,
				work: async (call) => await create(call, read, service),
			}),
		);
	}
}

async function create(
	{ request, account }: Call,
	read: ReadRequest,
	service: EvoLinkService,
): Promise<Answer> {
	const idempotencyKey = readIdempotencyKey(request.headers['idempotency-key']);
	const { task, replayed } = await createOnce(account, idempotencyKey, request.body, async () => {
		const wanted = read(request.body);
		const { prompt: drawnPrompt, faults } = directivesOf(wanted.prompt);
		return await service.life.create({
			account,
			request: wanted,
			drawnPrompt,
			promptFaults: faults,
			idempotencyKey,
		});
	});
	if (replayed) {
		return { status: 200, headers: { 'idempotency-replayed': 'true' }, body: service.json(task) };
	}
	if (service.faultsOf(task).paidOutcomeUnknown) {
		throw new EvoLinkError(
			500,
			'The outcome of this paid request is unknown. Look the task up before sending it again.',
			{ code: 'paid_outcome_unknown' },
		);
	}
	return { status: 200, body: service.json(task, stateAtFirst) };
}

function readIdempotencyKey(header: string | string[] | undefined): string | undefined {
	if (header === undefined) return undefined;
	if (typeof header === 'string' && idempotencyKeyShape.test(header)) return header;
	throw new EvoLinkError(
		400,
		'Idempotency-Key must have 16 to 96 characters of A-Z a-z 0-9 . _ -',
		{
			code: 'invalid_idempotency_key',
			param: 'Idempotency-Key',
		},
	);
}

function directivesOf(prompt: string) {
	try {
		return readDirectives(prompt);
	} catch (error) {
		const message = error instanceof Error ? error.message : String(error);
		throw new EvoLinkError(400, message, { code: 'unknown_sandbox_directive', param: 'prompt' });
	}
}

/** Read before anything is checked, as a proxy in front of the provider would strike. */
function promptFaults({ request, account }: Call): FaultSource[] {
	const { prompt } = (request.body ?? {}) as { prompt?: unknown };
	if (typeof prompt !== 'string') return [];
	const retriedAs = request.headers['idempotency-key'] ?? prompt;
	return [
		{ scope: `create:${account.key}:${String(retriedAs)}`, faults: directivesOf(prompt).faults },
	];
}
