// What can be done on a connection in the place of an answer, down to its bytes.
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

import type { Answer } from './answer';

export class Reply {
	/** Whether whoever asked has left meanwhile. */
	isAlone = false;

	constructor(private readonly socket: Socket) {
		const leave = () => {
			this.isAlone = true;
		};
		socket.on('error', leave);
		socket.once('end', leave);
	}

	/** The whole answer, as an honest server sends it. */
	whole(answer: Answer): void {
		this.socket.end(Buffer.concat([headOf(answer), answer.body]));
	}

	/** Bytes as they are. */
	write(bytes: Buffer | string): void {
		this.socket.write(bytes);
	}

	/** The head of an answer, which promises its whole body unless told otherwise. */
	head(answer: Answer, length: number | 'none' = answer.body.length): void {
		this.socket.write(headOf(answer, length));
	}

	/** Ends as if all were well. */
	end(): void {
		this.socket.end();
	}

	/** Breaks the connection off, without a farewell. What was written goes out first. */
	async reset(): Promise<void> {
		await sleep(10);
		this.socket.resetAndDestroy();
	}

	/** Sends pieces, with a pause before each, until there is none left or nobody listens. */
	async pieces(next: () => Buffer | undefined, pauseMs: number): Promise<void> {
		while (this.socket.writable) {
			await sleep(pauseMs);
			const piece = next();
			if (!piece) return this.end();
			this.socket.write(piece);
		}
	}
}

function headOf(answer: Answer, length: number | 'none' = answer.body.length): Buffer {
	const headers = Object.entries({
		...answer.headers,
		...(length !== 'none' && { 'content-length': String(length) }),
		connection: 'close',
	});
	const lines = headers.map(([name, value]) => `${name}: ${value}`);
	const first = `HTTP/1.1 ${answer.status} ${STATUS_CODES[answer.status] ?? 'Odd'}`;
	return Buffer.from([first, ...lines, '', ''].join('\r\n'));
}
