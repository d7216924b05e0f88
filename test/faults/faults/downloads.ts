// Faults of a link: it is over, or what lies behind it is no picture, or not the whole one.
import { text } from '../server/answer';
import { changed, type Fault } from './fault';

const on = ['download'] as const;
const HUGE = 5 * 1024 ** 3;

const instead = (id: string, title: string, body: string, type: string, status = 200): Fault =>
	changed({ id, title, on, to: () => text(body, type, status) });

export const downloads: Fault[] = [
	instead(
		'expired',
		'The link is over',
		'<?xml version="1.0"?><Error><Code>AccessDenied</Code><Message>Request has expired</Message></Error>',
		'application/xml',
		403,
	),
	instead('gone', 'The file was deleted', 'Gone', 'text/plain', 410),
	instead('as-picture', 'A web page that claims to be a PNG', '<h1>Hello</h1>', 'image/png'),
	instead('told-instead', 'JSON in place of the picture', '{"RetCode":-1}', 'application/json'),
	instead('word', 'A word that claims to be a PNG', 'nothing', 'image/png'),
	changed({
		id: 'picture-half',
		title: 'Half a picture, properly sent',
		on,
		to: (honest) => ({ ...honest, body: honest.body.subarray(0, honest.body.length / 2) }),
	}),
	changed({
		id: 'picture-head',
		title: 'Only the first bytes of a picture',
		on,
		to: (honest) => ({ ...honest, body: honest.body.subarray(0, 8) }),
	}),
	changed({
		id: 'picture-zeros',
		title: 'Zeros in place of the picture',
		on,
		to: (honest) => ({ ...honest, body: Buffer.alloc(honest.body.length) }),
	}),
	{
		id: 'huge-promised',
		title: 'Five gigabytes are promised',
		on,
		work: 'done',
		answer: async ({ reply, honest }) => {
			reply.head(honest!, HUGE);
			reply.write(honest!.body);
			await reply.reset();
		},
	},
];
