// Running a model and waiting for its output: no queue, no second try, and only so many at once.
import type { FastifyInstance } from 'fastify';
import { refuseLocked } from '../endpoint';
import { FalError } from '../errors';
import { readRequestPath } from '../paths';
import type { FalService } from '../service';
import { nextChange } from '../tasks';
import { readEndpoint, readFileSeconds, readStartLimit } from './create-options';

export function runRoutes(scope: FastifyInstance, service: FalService): void {
	scope.post(
		'/*',
		service.endpoints.endpoint({
			kind: 'create',
			hasPrompt: true,
			work: async (call) => {
				const { request, account } = call;
				const { '*': path } = request.params as { '*': string };
				if (readRequestPath(path)) throw new FalError(404, `Path /${path} not found`);
				refuseLocked(account);
				const endpoint = readEndpoint(request);
				if (service.life.running(account.key) >= account.atOnce) {
					throw new FalError(429, 'Too many requests run at once.', {
						type: 'concurrent_requests_limit',
						headers: { 'x-fal-needs-retry': '1' },
					});
				}
				const task = service.create(call, endpoint, {
					isDirect: true,
					fileSeconds: readFileSeconds(request),
					startLimitSeconds: readStartLimit(request),
				});
				while (!task.ending) await nextChange(task);
				const { answer } = task.ending;
				return { ...answer, headers: { ...answer.headers, 'x-fal-request-id': task.id } };
			},
		}),
	);
}
