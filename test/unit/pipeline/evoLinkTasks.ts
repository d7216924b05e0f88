// EvoLink's tasks for tests that wait for some: who is asked for, by whichever route, and how they stand.
import { createEvoLink } from '../../../providers/evolink';
import type { Answer, Asked } from './otherEnd';

const BASE_URL = 'http://127.0.0.1';

export const evoLink = createEvoLink({ baseUrl: BASE_URL, filesBaseUrl: BASE_URL });

export const running = (id: string) => ({ id, status: 'processing', progress: 50 });
export const done = (id: string) => ({ id, status: 'completed', progress: 100, results: [] });
export const failed = (id: string) => ({
	id,
	status: 'failed',
	progress: 0,
	error: { code: 'generation_failed', message: 'No.' },
});

const isBatch = ({ url }: Asked) => url.endsWith('/batch');

/** The tasks that one request asks for. */
export function idsOf(asked: Asked): string[] {
	if (isBatch(asked)) return asked.body.task_ids as string[];
	return [asked.url.slice(asked.url.lastIndexOf('/') + 1)];
}

/** The answer that tells of each how it stands. */
export function told(asked: Asked, state: (id: string) => object): Answer {
	const states = idsOf(asked).map(state);
	return { body: isBatch(asked) ? { data: states } : states[0] };
}
