// A small server that every workflow tells at its end which images it has.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

/**
 * @typedef {{at: number, number: number, taskId: string, fileId: string}} ImageReport
 *   at: when the node behind the image node had the image, in milliseconds since 1970
 */

/**
 * @returns {Promise<{url: string, take: () => ImageReport[], count: () => number}>}
 *   take answers what has come since the last take
 */
export async function startReportServer() {
	let images = [];
	const server = createServer(async (request, response) => {
		try {
			images.push(...(await json(request)));
			response.setHeader('content-type', 'application/json').end('{}');
		} catch {
			response.writeHead(400).end();
		}
	});
	await new Promise((resolve) => server.listen(0, '127.0.0.1', resolve));
	return {
		url: `http://127.0.0.1:${server.address().port}/`,
		count: () => images.length,
		take: () => {
			const taken = images;
			images = [];
			return taken;
		},
	};
}
