// A server of its own for the fault matrix: small, raw, and without a line of the sandbox or of the providers' code, so
// that a misreading of a protocol can't hide on both sides.
import { randomBytes } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buffer } from 'node:stream/consumers';

import type { Provider, Spell, Step } from '../cells';
import type { Fault } from '../faults/fault';
import { json } from './answer';
import { Book } from './book';
import { PICTURE } from './picture';
import type { Asked, Deed, Protocol, World } from './protocol';
import { Reply } from './reply';

export interface Stage {
	/** Its address. */
	base: string;
	/** The key of its account. */
	key: string;
	book: Book;
	/** How many requests came, by step. */
	requests: Record<string, number>;
	/** How often the fault was done. */
	struck(): number;
	/** Whether the key came to another host. */
	keyStrayed(): boolean;
	close(): void;
}

export interface StageOptions {
	provider: Provider;
	protocol: Protocol;
	fault: Fault;
	/** Where the fault is done. */
	step: Step;
	spell: Spell;
	/** Where the pictures are said to lie, if not here. */
	pictures?: string;
}

export interface FaultServer {
	/** A place on the server for one cell. */
	open(options: StageOptions): Stage;
	close(): Promise<void>;
}

interface Place extends StageOptions {
	name: string;
	base: string;
	key: string;
	book: Book;
	requests: Record<string, number>;
	struck: number;
	keyStrayed: boolean;
}

export async function startFaultServer(): Promise<FaultServer> {
	const places = new Map<string, Place>();
	let numbers = 0;
	const server = createServer((request, response) => {
		receive(request, response).catch(() => request.socket.destroy());
	});

	async function receive(request: IncomingMessage, response: ServerResponse): Promise<void> {
		const url = request.url ?? '/';
		const [, kind, name = '', path = '/'] = /^\/([cf])\/(\d+)([^?]*)/.exec(url) ?? [];
		const body = await buffer(request);
		const reply = new Reply(response.socket ?? request.socket);
		const place = places.get(name);
		if (!place) return reply.whole(json({ error: { message: 'No such place.' } }, 404));
		if (kind === 'f') {
			place.keyStrayed ||= JSON.stringify(request.headers).includes(place.key);
			return reply.whole(json({ error: { message: 'Another host.' } }, 404));
		}
		const { method = 'GET', headers } = request;
		const query = new URL(url, place.base).searchParams;
		await answer(place, { method, path, query, headers, body, url }, reply);
	}

	async function answer(place: Place, asked: Asked, reply: Reply): Promise<void> {
		const { fault, key, base, name } = place;
		const deed = pictureDeed(asked) ?? place.protocol(asked, worldOf(place));
		if (!deed) return reply.whole(json({ error: { message: `No route ${asked.path}.` } }, 404));
		const { step = 'other' } = deed;
		place.requests[step] = (place.requests[step] ?? 0) + 1;
		if (step !== place.step || (place.spell === 'once' && place.struck > 0)) {
			const { answer: honest, order } = deed.answer();
			if (order && !reply.isAlone) order.told = true;
			return reply.whole(honest);
		}
		place.struck += 1;
		const done = fault.work === 'done' ? deed.answer() : undefined;
		if (done?.order && fault.freeAt?.includes(place.provider)) done.order.charged = false;
		const { origin } = new URL(base);
		await fault.answer({
			reply,
			honest: done?.answer,
			key,
			url: `${origin}${asked.url}`,
			// The same server under another name.
			foreign: `${origin.replace('127.0.0.1', 'localhost')}/f/${name}/`,
		});
		if (done?.order && fault.tells && !reply.isAlone) done.order.told = true;
	}

	function worldOf({ book, base, pictures = base }: Place): World {
		const next = () => String((numbers += 1));
		return { book, base, next, picture: PICTURE, pictureUrl: `${pictures}/pictures/1.png` };
	}

	await new Promise<void>((resolve) => void server.listen(0, resolve));
	const { port } = server.address() as AddressInfo;

	return {
		open: (options) => {
			const name = String((numbers += 1));
			const place: Place = {
				...options,
				name,
				base: `http://127.0.0.1:${port}/c/${name}`,
				// With a colon, as fal's have one.
				key: `key-${name}-${randomBytes(12).toString('hex')}:${randomBytes(16).toString('hex')}`,
				book: new Book(),
				requests: {},
				struck: 0,
				keyStrayed: false,
			};
			places.set(name, place);
			const { base, key, book, requests } = place;
			return {
				base,
				key,
				book,
				requests,
				struck: () => place.struck,
				keyStrayed: () => place.keyStrayed,
				close: () => void places.delete(name),
			};
		},
		close: async () => {
			await new Promise((resolve) => {
				server.close(resolve);
				server.closeAllConnections();
			});
		},
	};
}

function pictureDeed({ path }: Asked): Deed | undefined {
	if (!path.startsWith('/pictures/')) return undefined;
	const headers = { 'content-type': 'image/png' };
	return { step: 'download', answer: () => ({ answer: { status: 200, headers, body: PICTURE } }) };
}
