// Odd forms of Core.Today's answers: what its documents leave open, and what broken servers have sent.
import type { Fault } from '../fault';
import { cutBehind, DATA_URI, oddAt, oddBeginnings, writtenAt, type Json } from './odd';

const of = 'coretoday';
const ended = oddAt({ of, on: 'poll', at: ['generate', 'get', 'wait', 'pause', 'trigger'] });
const created = oddAt({ of, on: 'create', at: ['generate', 'edit', 'pause'] });
const createdAs = writtenAt({ of, on: 'create', at: ['generate', 'edit', 'pause'] });

const linksOf = ({ output }: Json) => (Array.isArray(output) ? (output as string[]) : []);

/** In both dialects, which name the results otherwise. */
const results = (id: string, title: string, change: (links: string[]) => unknown) => [
	ended(`ct-${id}`, title, (honest) => ({ ...honest, output: change(linksOf(honest)) })),
	ended(`ct-b-${id}`, `${title}, in the other dialect`, ({ output, id: jobId, ...honest }) => ({
		...honest,
		job_id: jobId,
		status: 'completed',
		result: change(linksOf({ output })),
	})),
];

export const coretodayAnswers: Fault[] = [
	...results('url-objects', 'Links in objects', (links) => links.map((url) => ({ url }))),
	...results('null-entry', 'null before the link', (links) => [null, ...links]),
	...results('bare-text', 'One link as a text', ([first]) => first),
	...results('url-object', 'One link in an object', ([url]) => ({ url })),
	...results('images-object', 'Links under images', (images) => ({ images })),
	...results('relative-urls', 'Paths for links', (links) =>
		links.map((link) => new URL(link).pathname),
	),
	...results('data-uri', 'The picture as a data URI', () => [DATA_URI]),
	...results('unreadable-results', 'Numbers for links', (links) => links.map(() => 5)),
	ended('ct-microseconds', 'A time in microseconds', (honest) => ({
		...honest,
		created_at: 1_795_860_000_123_456,
	})),
	...oddBeginnings('ct', created),
	createdAs('ct-cut-after-id', 'Begun, and cut behind its ID', (honest) => cutBehind(honest, 'id')),
];
