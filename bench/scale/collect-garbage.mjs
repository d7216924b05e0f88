// A program: collect-garbage.mjs PID PORT. Makes a Node process collect its garbage, through its own inspector.
// What the process needs is then told from what lies around. It runs on the project's Node, which has WebSocket.
import { setTimeout as sleep } from 'node:timers/promises';

const LOOK_AGAIN_MS = 100;
const OPENING_LIMIT_MS = 20_000;

async function inspectorAddress(port) {
	const giveUpAt = Date.now() + OPENING_LIMIT_MS;
	for (;;) {
		try {
			const [target] = await (await fetch(`http://127.0.0.1:${port}/json/list`)).json();
			return target.webSocketDebuggerUrl;
		} catch (error) {
			if (Date.now() > giveUpAt) throw error;
			await sleep(LOOK_AGAIN_MS);
		}
	}
}

async function ask(address, method) {
	const socket = new WebSocket(address);
	await new Promise((resolve, reject) => {
		socket.addEventListener('open', () => socket.send(JSON.stringify({ id: 1, method })));
		socket.addEventListener('message', resolve);
		socket.addEventListener('error', () => reject(new Error('The inspector does not answer.')));
	});
	socket.close();
}

const [pid, port] = process.argv.slice(2).map(Number);
// A Node process opens its inspector when it gets this signal.
process.kill(pid, 'SIGUSR1');
await ask(await inspectorAddress(port), 'HeapProfiler.collectGarbage');
