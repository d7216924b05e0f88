// The queue: making a request, its status once or as a stream, its result, cancelling it.
import { Readable } from 'node:stream';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { FaultSource } from '../../faults/misbehave';
import type { Answer } from '../../http/answer';
import type { Account } from '../accounts';
import { writeJson } from '../big-json';
import { type Call, type EndpointOptions, refuseLocked } from '../endpoint';
import { FalError, platformError } from '../errors';
import { isAppOnly, readRequestPath, type RequestPath } from '../paths';
import type { FalService } from '../service';
import { statusJson, urlsOf } from '../status-json';
import { nextChange, type Task } from '../tasks';
import { readEndpoint, readFileSeconds, readStartLimit } from './create-options';

const PING_MS = 1000;
const NOT_FOUND: Answer = { status: 404, body: { status: 'NOT_FOUND' } };

export function queueRoutes(scope: FastifyInstance, service: FalService): void {
	const { endpoints, life, tasks } = service;
	const poll = (work: EndpointOptions['work']) =>
		endpoints.endpoint({ kind: 'poll', ownFaults, work });

	scope.post(
		'/*',
		endpoints.endpoint({
			kind: 'create',
			hasPrompt: true,
			work: async (call) => create(call, service),
		}),
	);

	scope.get(
		'/*',
		poll(async ({ request, account }) => {
			const path = pathOf(request);
			if (path.part === 'cancel') throw platformError(405);
			const task = taskOf(account, path);
			if (!task) return NOT_FOUND;
			if (path.part === 'result') return resultOf(task);
			if (path.part === 'stream') return streamOf(request, task);
			return statusOf(request, task);
		}),
	);

	scope.put(
		'/*',
		poll(async ({ request, account }) => {
			const path = pathOf(request);
			if (path.part !== 'cancel') throw platformError(405);
			const task = taskOf(account, path);
			if (!task) return NOT_FOUND;
			if (task.ending) return { status: 400, body: { status: 'ALREADY_COMPLETED' } };
			return life.cancel(task) === 'waiting'
				? { status: 200, body: { status: 'OK' } }
				: { status: 202, body: { status: 'CANCELLATION_REQUESTED' } };
		}),
	);

	/** Gone with its result. */
	function taskOf({ key }: Account, { app, id }: RequestPath): Task | undefined {
		const task = tasks.ofKey(key, id);
		const isOver = task?.ending && Date.now() >= task.ending.resultExpiresAt;
		return task && task.app === app && !isOver ? task : undefined;
	}

	function ownFaults(request: FastifyRequest, account: Account): FaultSource[] {
		const { '*': text } = request.params as { '*': string };
		const path = readRequestPath(text);
		const task = path && tasks.ofKey(account.key, path.id);
		const isResult = path?.part === 'result';
		const sources = [
			...(task ? [{ scope: `task:${task.id}`, faults: task.faults }] : []),
			{ scope: `key:${account.key}`, faults: account.faults },
		];
		if (!isResult) return sources.slice(0, task ? 1 : 0);
		// What is told of the result alone comes first, and is counted by itself.
		const ofResult = sources.flatMap(({ scope: name, faults: { result } }) =>
			result ? [{ scope: `${name}:result`, faults: { poll: result } }] : [],
		);
		return [...ofResult, ...sources.slice(0, task ? 1 : 0)];
	}

	function statusOf(request: FastifyRequest, task: Task): Answer {
		const { logs } = request.query as { logs?: string };
		const body = statusJson(task, {
			baseUrl: service.baseUrl,
			position: positionOf(task),
			withLogs: logs === '1' || logs === 'true',
		});
		return { status: task.ending ? 200 : 202, headers: idHeader(task), body };
	}

	function positionOf(task: Task): number {
		return Math.max(0, life.waiting(task.key).indexOf(task));
	}

	function streamOf(request: FastifyRequest, task: Task): Answer {
		const { lifetime } = service;
		const show = () => `data: ${writeJson(statusOf(request, task).body)}\n\n`;
		async function* events() {
			yield show();
			while (!task.ending) {
				const pause = lifetime.wait(PING_MS).then(() => true);
				const isPing = await Promise.race([pause, nextChange(task)]);
				// A comment keeps the connection open.
				yield isPing ? ': ping\n\n' : show();
			}
		}
		const headers = { ...idHeader(task), 'content-type': 'text/event-stream; charset=utf-8' };
		return { status: 200, headers, body: Readable.from(events()) };
	}

	function resultOf(task: Task): Answer {
		if (!task.ending) throw new FalError(400, 'Request is still in progress');
		const { answer } = task.ending;
		return { ...answer, headers: { ...answer.headers, ...idHeader(task) } };
	}
}

function create(call: Call, service: FalService): Answer {
	const { request, account } = call;
	const path = (request.params as { '*': string })['*'];
	if (readRequestPath(path)) throw platformError(405);
	refuseLocked(account);
	const endpoint = readEndpoint(request);
	const { fal_webhook: webhookUrl, fal_max_queue_length: limit } = request.query as {
		fal_webhook?: string;
		fal_max_queue_length?: string;
	};
	const { length } = service.life.waiting(account.key);
	if (limit !== undefined && length >= Number(limit)) {
		throw new FalError(429, 'The queue is full.', { type: 'queue_full' });
	}
	const task = service.create(call, endpoint, {
		webhookUrl,
		isDirect: false,
		fileSeconds: readFileSeconds(request),
		startLimitSeconds: readStartLimit(request),
	});
	if (service.faultsOf(task).paidOutcomeUnknown) throw platformError(500);
	return {
		status: 200,
		headers: idHeader(task),
		body: {
			status: 'IN_QUEUE',
			request_id: task.id,
			...urlsOf(task, service.baseUrl),
			queue_position: service.life.waiting(account.key).length,
		},
	};
}

function pathOf(request: FastifyRequest): RequestPath {
	const { '*': text } = request.params as { '*': string };
	const path = readRequestPath(text);
	if (!path) throw new FalError(404, `Path /${text} not found`);
	if (!isAppOnly(path.app)) throw platformError(405);
	return path;
}

const idHeader = ({ id }: Task) => ({ 'x-fal-request-id': id });
