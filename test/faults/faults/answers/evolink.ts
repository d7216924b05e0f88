// Odd forms of EvoLink's answers: of gateways, of older versions and of broken servers.
import { json, text } from '../../server/answer';
import { changed, type Fault } from '../fault';
import { cutBehind, DATA_URI, oddAt, oddBeginnings, writtenAt, type Json } from './odd';

const of = 'evolink';
/** One task. What is told of many lies in a list. */
const at = ['generate', 'get', 'wait', 'pause', 'trigger'];
const task = oddAt({ of, on: 'poll', at });
const created = oddAt({ of, on: 'create', at: ['generate', 'pause'] });
const createdAs = writtenAt({ of, on: 'create', at: ['generate', 'pause'] });
const many = oddAt({ of, on: 'poll', at: ['waitForTwo', 'generateTwo'] });
const listed = oddAt({ of, on: 'list', at: ['getMany'] });

const linksOf = ({ results }: Json) => (Array.isArray(results) ? (results as string[]) : []);
const results = (id: string, title: string, change: (links: string[]) => unknown) =>
	task(id, title, (honest) => ({ ...honest, results: change(linksOf(honest)) }));
const data = (id: string, title: string, change: (links: string[]) => Json) =>
	task(id, title, (honest) => ({ ...honest, results: undefined, ...change(linksOf(honest)) }));
const usage = (id: string, title: string, of: Json) =>
	task(id, title, (honest) => ({ ...honest, usage: of }));
const objects = (links: string[], name: string) => links.map((link) => ({ [name]: link }));
const pathOf = (link: string) => new URL(link).pathname;
const tasksOf = (body: Json) => (Array.isArray(body.data) ? (body.data as Json[]) : []);
const instead = (id: string, title: string, on: 'poll' | 'upload', body: unknown, only: string[]) =>
	changed({ id, title, of: [of], on: [on], at: only, to: () => json(body) });
const MANY = ['waitForTwo', 'generateTwo'];
const UPLOADS = ['edit', 'file', 'fileByUrl'];

export const evolinkAnswers: Fault[] = [
	results('el-no-link', 'An object without a link before the link', (links) => [
		{ size: '1024x1024' },
		...links,
	]),
	results('el-null-result', 'null before the link', (links) => [null, ...links]),
	results('el-url-objects', 'Links in objects', (links) => objects(links, 'url')),
	results('el-image-url-objects', 'Links as image_url', (links) => objects(links, 'image_url')),
	results('el-bare-text', 'One link as a text', ([first]) => first),
	results('el-relative-urls', 'Paths for links', (links) => links.map(pathOf)),
	results('el-data-uri', 'The picture as a data URI', () => [DATA_URI]),
	results('el-unreadable-results', 'Numbers for links', (links) => links.map(() => 5)),
	data('el-result-data', 'result_data', (links) => ({ result_data: objects(links, 'url') })),
	data('el-result-data-image-url', 'result_data with image_url', (links) => ({
		result_data: objects(links, 'image_url'),
	})),
	data('el-both-results', 'results and result_data', (links) => ({
		results: links,
		result_data: objects(links, 'url'),
	})),
	task('el-microseconds', 'A time in microseconds', (honest) => ({
		...honest,
		created: Number(honest.created) * 1_000_000,
	})),
	usage('el-usage-cost', 'A usage with its cost', {
		credits_used: 1.783,
		cost: { credits: 1.783, usd: 0.0262 },
	}),
	usage('el-zero-usage', 'A usage of zeros', { credits_used: 0, total_tokens: 0 }),
	usage('el-thousand-credits', 'A thousand credits for a dollar', { credits_used: 26.2 }),
	usage('el-no-estimate', 'A usage of nothing', {}),
	oddAt({ of, on: 'poll', at, freeAt: [of], lasts: true })(
		'el-typed-error',
		'Failed, with a status for its code',
		({ results: none, ...honest }) => {
			void none;
			const error = { code: 400, type: 'content_policy_violation', message: 'It was refused.' };
			return { ...honest, status: 'failed', error };
		},
	),
	...oddBeginnings('el', created),
	createdAs('el-cut-after-id', 'Begun, and cut behind its ID', (honest) => cutBehind(honest, 'id')),
	createdAs('el-cut-before-id', 'Begun, and cut before its ID', (honest) =>
		cutBehind(honest, 'created'),
	),
	changed({
		id: 'el-batch-500',
		title: 'Many tasks: it broke',
		of: [of],
		on: ['poll'],
		at: MANY,
		to: () => json({ error: { message: 'The batch broke.' } }, 500),
	}),
	changed({
		id: 'el-batch-page',
		title: 'Many tasks: a page',
		of: [of],
		on: ['poll'],
		at: MANY,
		to: () => text('<!DOCTYPE html><html><body>Welcome</body></html>', 'text/html'),
	}),
	instead('el-batch-nothing', 'Many tasks: nothing', 'poll', {}, MANY),
	instead('el-batch-no-tasks', 'Many tasks: none', 'poll', { tasks: [] }, MANY),
	many('el-batch-tasks', 'Many tasks, under tasks', (body) => ({ tasks: tasksOf(body) })),
	many('el-batch-list', 'Many tasks, in a list alone', tasksOf),
	many('el-odd-entry', 'Many tasks: null in the place of one', (body) => ({
		...body,
		data: [null, ...tasksOf(body).slice(1)],
	})),
	many('el-batch-other', 'Many tasks: others', (body) => ({
		...body,
		data: tasksOf(body).map((each, index) => ({ ...each, id: `other-${index}` })),
	})),
	listed('el-history-odd', 'The history: null beside a task', (body) => ({
		...body,
		data: [null, ...tasksOf(body)],
	})),
	listed('el-data-uri-entries', 'The history: pictures as data URIs', (body) => ({
		...body,
		data: tasksOf(body).map((each) => ({ ...each, results: [DATA_URI] })),
	})),
	listed('el-ignores-page', 'The history: always the same page', (body) => ({
		...body,
		total: 1000,
	})),
	listed('el-short-pages-no-total', 'The history: nobody says how many', (body) => ({
		...body,
		total: undefined,
	})),
	instead(
		'el-refused-200',
		'The file is refused under 200',
		'upload',
		{ success: false, code: 400, msg: 'The file is not an image.' },
		UPLOADS,
	),
	instead(
		'el-quota-200',
		'The files are too many, under 200',
		'upload',
		{ success: false, code: 1005, msg: 'The quota of files is used up.' },
		UPLOADS,
	),
];
