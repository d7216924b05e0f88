// Which ports the servers listen on: the usual ones, or those that were asked for.
import { connect, createServer } from 'node:net';

import { ClearError } from './say.mjs';

const LOOPBACK = '127.0.0.1';

function tryToListen(port) {
	return new Promise((resolve) => {
		const server = createServer();
		server.once('error', (error) => resolve({ code: error.code }));
		server.listen(port, LOOPBACK, () => {
			const { port: taken } = server.address();
			server.close(() => resolve({ port: taken }));
		});
	});
}

/** A port that nothing listens on right now. */
export async function freePort() {
	const { port } = await tryToListen(0);
	return port;
}

/**
 * Reads a port that a person may have chosen and makes sure that it can be used.
 * @param {{chosen?: string, usual: number, what: string, how: string}} options
 *   what names the server; how says how to choose another port, with N for its number.
 */
export async function usablePort({ chosen, usual, what, how }) {
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
	if (code !== undefined) {
		throw new ClearError(
			`Port ${port} is taken, and ${what} needs it. Perhaps it already runs in another window. ` +
				`End what uses the port, or choose another one: ${how.replace('N', String(port + 10))}`,
		);
	}
	return port;
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
