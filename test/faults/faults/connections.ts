// Faults of the connection: it doesn't come about, breaks off, or stands still.
import { setTimeout as sleep } from 'node:timers/promises';

import { json } from '../server/answer';
import { EVERYWHERE, WORKING, type Fault, type Struck } from './fault';

/** In our own time: many times as long for the pipeline, whose time is hurried. */
const LATE_MS = 1500;
const PIECES = 20;
const PIECE_PAUSE_MS = 75;
/** Together some megabytes a second, so that what bounds an answer's size ends it soon. */
const ENDLESS_PIECE = Buffer.alloc(131_072, ' ');
const ENDLESS_PAUSE_MS = 10;

export const REFUSED = 'refused';

/** Both before and after the work, where there is any. */
function eitherWay(fault: Omit<Fault, 'work' | 'on'>): Fault[] {
	return [
		{ ...fault, id: `${fault.id}-undone`, on: WORKING, work: 'undone' },
		{ ...fault, id: `${fault.id}-done`, on: EVERYWHERE, work: 'done' },
	];
}

function half(struck: Struck): Buffer {
	const { body } = struck.honest!;
	return body.subarray(0, Math.ceil(body.length / 2));
}

export const connections: Fault[] = [
	{
		id: REFUSED,
		title: 'Nobody listens there',
		on: EVERYWHERE,
		work: 'undone',
		lasts: true,
		// Whoever asks is sent to another port.
		answer: () => undefined,
	},
	...eitherWay({
		id: 'reset-before-head',
		title: 'Breaks off before the headers',
		answer: async ({ reply }) => await reply.reset(),
	}),
	...eitherWay({
		id: 'reset-in-head',
		title: 'Breaks off in the headers',
		answer: async ({ reply }) => {
			reply.write('HTTP/1.1 200 OK\r\ncontent-ty');
			await reply.reset();
		},
	}),
	...eitherWay({
		id: 'silent',
		title: 'Never answers',
		lasts: true,
		answer: () => undefined,
	}),
	...eitherWay({
		id: 'no-http',
		title: 'Answers with what is no HTTP',
		answer: ({ reply }) => {
			reply.write('SSH-2.0-OpenSSH_9.6\r\n\r\n');
			reply.end();
		},
	}),
	...eitherWay({
		id: 'closed',
		title: 'Closes without a word',
		answer: ({ reply }) => reply.end(),
	}),
	{
		id: 'reset-after-head',
		title: 'Breaks off after the headers',
		on: EVERYWHERE,
		work: 'done',
		answer: async ({ reply, honest }) => {
			reply.head(honest!);
			await reply.reset();
		},
	},
	{
		id: 'reset-in-body',
		title: 'Breaks off in the body',
		on: EVERYWHERE,
		work: 'done',
		answer: async (struck) => {
			struck.reply.head(struck.honest!);
			struck.reply.write(half(struck));
			await struck.reply.reset();
		},
	},
	{
		id: 'stalled',
		title: 'Stands still in the body',
		on: EVERYWHERE,
		work: 'done',
		lasts: true,
		answer: (struck) => {
			struck.reply.head(struck.honest!);
			struck.reply.write(half(struck));
		},
	},
	{
		id: 'slow',
		title: 'Answers late',
		on: EVERYWHERE,
		work: 'done',
		tells: true,
		answer: async ({ reply, honest }) => {
			await sleep(LATE_MS);
			reply.whole(honest!);
		},
	},
	{
		id: 'drips',
		title: 'Answers in drops',
		on: EVERYWHERE,
		work: 'done',
		tells: true,
		answer: async ({ reply, honest }) => {
			const { body } = honest!;
			const size = Math.ceil(body.length / PIECES);
			let at = 0;
			reply.head(honest!);
			await reply.pieces(() => {
				const piece = body.subarray(at, (at += size));
				return piece.length > 0 ? piece : undefined;
			}, PIECE_PAUSE_MS);
		},
	},
	{
		id: 'endless',
		title: 'Never ends its body',
		on: EVERYWHERE,
		work: 'done',
		lasts: true,
		answer: async ({ reply, honest }) => {
			reply.head(honest!, 'none');
			await reply.pieces(() => ENDLESS_PIECE, ENDLESS_PAUSE_MS);
		},
	},
	{
		id: 'endless-head',
		title: 'Never ends its headers',
		on: EVERYWHERE,
		work: 'done',
		answer: async ({ reply }) => {
			reply.write('HTTP/1.1 200 OK\r\n');
			let line = 0;
			await reply.pieces(() => Buffer.from(`x-${(line += 1)}: ${'a'.repeat(8000)}\r\n`), 10);
		},
	},
	{
		id: 'early-hints',
		title: 'Says something before the answer',
		on: EVERYWHERE,
		work: 'done',
		tells: true,
		answer: ({ reply, honest }) => {
			reply.write('HTTP/1.1 103 Early Hints\r\nlink: </a.css>; rel=preload\r\n\r\n');
			reply.whole(honest!);
		},
	},
	{
		id: 'two-answers',
		title: 'Answers twice',
		on: EVERYWHERE,
		work: 'done',
		tells: true,
		answer: ({ reply, honest }) => {
			reply.head(honest!);
			reply.write(honest!.body);
			reply.whole(json({ error: { message: 'A second answer.' } }, 500));
		},
	},
];
