// Which ports the servers listen on: the usual ones, or those that were asked for.
import { randomInt } from 'node:crypto';
import { connect, createServer } from 'node:net';

import { ClearError } from './say.mjs';

const LOOPBACK = '127.0.0.1';

function tryToListen(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', (error) => resolve({ code: error.code }));
		server.listen(port, LOOPBACK, () => server.close(() => resolve({})));
	});
}

/**
 * Below the ports that systems give to outgoing connections: one of these could take a port while the server that
 * belongs there is being started, or started anew.
 */
const [LOWEST, HIGHEST] = [20_000, 32_000];
const given = new Set();

/** A port that nothing listens on right now, and that this process was not given before. */
export async function freePort() {
	for (;;) {
		const port = randomInt(LOWEST, HIGHEST);
		if (given.has(port)) continue;
		given.add(port);
		const { code } = await tryToListen(port);
		if (code === undefined) return port;
		if (code !== 'EADDRINUSE') throw new ClearError(`No port can be listened on here: ${code}.`);
	}
}

/**
 * The port that a person has chosen, or the usual one. Where it is taken, another one, and a note that says so.
 * @param {{chosen?: string, usual: number, what: string}} options what names the server
 * @returns {Promise<{port: number, note?: string}>}
 */
export async function usablePort({ chosen, usual, what }) {
	const port = Number(chosen ?? usual);
	if (!Number.isInteger(port) || port < 1 || port > 65_535) {
		throw new ClearError(
			`"${chosen}" is not a port number for ${what}. Choose one from 1024 to 65535.`,
		);
	}
	const { code } = await tryToListen(port);
	if (code === 'EACCES') {
		throw new ClearError(
			`Port ${port} for ${what} needs administrator rights. Choose one above 1024.`,
		);
	}
	if (code === undefined) return { port };
	const other = await nextFreePort(port);
	return {
		port: other,
		note: `Another program uses port ${port}, so ${what} is at port ${other} this time.`,
	};
}

/** Close to the wanted one, so that it stays the same from start to start. */
async function nextFreePort(port) {
	for (let other = port + 10; other < port + 200; other += 10) {
		if ((await tryToListen(other)).code === undefined) return other;
	}
	return await freePort();
}

/** Whether something accepts connections on a port of this machine. */
export function accepts(port) {
	return new Promise((resolve) => {
		const socket = connect(port, LOOPBACK);
		socket.once('connect', () => {
			socket.destroy();
			resolve(true);
		});
		socket.once('error', () => resolve(false));
	});
}
