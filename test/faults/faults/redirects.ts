// Redirects: to the same place, around in a circle, to another origin, and to nowhere.
import { text } from '../server/answer';
import { EVERYWHERE, type Fault, type Struck } from './fault';

const TARGETS: Array<[string, string, (struck: Struck) => string | undefined]> = [
	['itself', 'to the same address', ({ url }) => url],
	['foreign', 'to another host', ({ foreign }) => foreign],
	['insecure', 'to a program on the machine', () => 'file:///etc/passwd'],
	['nowhere', 'without an address', () => undefined],
];

export const redirects: Fault[] = [301, 302, 303, 307, 308].flatMap((status) =>
	TARGETS.map(
		([id, title, target]): Fault => ({
			id: `redirect-${status}-${id}`,
			title: `Redirect ${status} ${title}`,
			on: EVERYWHERE,
			work: 'undone',
			lasts: id !== 'itself',
			answer: (struck) => {
				const location = target(struck);
				const headers = location === undefined ? {} : { location };
				struck.reply.whole(text('Moved.', 'text/plain', status, headers as Record<string, string>));
			},
		}),
	),
);
