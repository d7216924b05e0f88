// Faults of how a task stands: words that nobody knows, and ends without pictures.
import { withJson } from '../server/answer';
import { changed, type Fault } from './fault';

type Json = Record<string, unknown>;

const standing = (
	id: string,
	title: string,
	change: (task: Json) => Json,
	on: Fault['on'] = ['poll', 'cancel'],
): Fault => changed({ id, title, on, to: (honest) => withJson(honest, change) });

/** An end without pictures, which stays one. EvoLink takes nothing for it, and Core.Today is taken to do the same. */
const ended = (id: string, title: string, end: Json): Fault => ({
	...standing(id, title, (task) => ({ ...bare(task), ...end }), ['poll']),
	lasts: true,
	freeAt: ['evolink', 'coretoday'],
});

/** Its pictures are nowhere, whatever the provider calls them. */
const bare = ({ results, result_data, output, result, ...task }: Json): Json => {
	void [results, result_data, output, result];
	return task;
};

export const tasks: Fault[] = [
	standing('word-unknown', 'A state that nobody knows', (task) => ({
		...bare(task),
		status: 'zorbing',
	})),
	standing('word-number', 'A state that is a number', (task) => ({ ...bare(task), status: 3 })),
	standing('word-missing', 'No state', (task) => ({ ...bare(task), status: undefined })),
	standing('other-task', 'Another task', (task) => ({
		...task,
		id: 'other-1',
		request_id: 'other-1',
		job_id: undefined,
	})),
	standing('no-pictures', 'Done, without pictures', (task) => bare(task), ['poll']),
	standing(
		'pictures-null',
		'Done, with null for pictures',
		(task) => ({
			...bare(task),
			results: null,
			output: null,
		}),
		['poll'],
	),
	standing(
		'pictures-odd',
		'Done, with numbers for pictures',
		(task) => ({
			...bare(task),
			results: [5],
			output: [5],
		}),
		['poll'],
	),
	standing(
		'pictures-nowhere',
		'Done, with addresses that are none',
		(task) => ({
			...bare(task),
			results: ['not an address', 'file:///etc/passwd'],
			output: ['not an address', 'file:///etc/passwd'],
		}),
		['poll'],
	),
	ended('cancelled', 'Cancelled', { status: 'cancelled' }),
	ended('failed-bare', 'Failed, without a reason', { status: 'failed' }),
	ended('failed-odd', 'Failed, for a reason that nobody knows', {
		status: 'failed',
		error: { code: 'zorb', message: 'It zorbed.' },
	}),
	ended('failed-moderation', 'Failed, refused for its content', {
		status: 'failed',
		error: { code: 'content_policy_violation', message: 'It was refused by the content policy.' },
	}),
];
