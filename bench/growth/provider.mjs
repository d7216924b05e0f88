// A program: provider.mjs PORT. A provider that takes no time: pictures in the answer as OpenAI sends them, and tasks as
// EvoLink has them, done at once. The sandbox checks and records each request, which would take longer than our part.
import { createServer } from 'node:http';
import { json } from 'node:stream/consumers';

import { drawPictures, numberIn } from './pictures.mjs';

const pictures = await drawPictures();
let orders = 0;

const task = (id, status) => ({
	id,
	object: 'image.generation.task',
	type: 'image',
	model: 'gpt-image-2',
	created: Math.floor(Date.now() / 1000),
	progress: status === 'completed' ? 100 : 0,
	status,
	task_info: { can_cancel: false, estimated_time: 0 },
	usage: { credits_reserved: 1 },
	...(status === 'completed' && { results: [`${origin}/pictures/${numberOf(id)}.png`] }),
});
const numberOf = (id) => Number(id.split('-').at(-1));

const routes = {
	'POST /openai/v1/images/generations': ({ prompt }) => {
		orders += 1;
		const picture = pictures.of(numberIn(prompt)).toString('base64');
		const usage = { input_tokens: 10, output_tokens: 196, total_tokens: 206 };
		return { created: Math.floor(Date.now() / 1000), data: [{ b64_json: picture }], usage };
	},
	'POST /evolink/v1/images/generations': ({ prompt }) => {
		orders += 1;
		return task(`task-unified-${orders}-${numberIn(prompt)}`, 'pending');
	},
	'POST /evolink/v1/tasks/batch': ({ task_ids: ids }) => ({
		data: ids.map((id) => task(id, 'completed')),
	}),
	'POST /_orders': () => {
		const count = orders;
		orders = 0;
		return { count };
	},
};

const server = createServer(async (request, response) => {
	const picture = /^\/pictures\/(\d+)\.png$/.exec(request.url);
	if (picture) {
		response.setHeader('content-type', 'image/png').end(pictures.of(Number(picture[1])));
		return;
	}
	const single = /^GET \/evolink\/v1\/tasks\/([^/]+)$/.exec(`${request.method} ${request.url}`);
	const route = single
		? () => task(single[1], 'completed')
		: routes[`${request.method} ${request.url}`];
	if (!route) {
		response.writeHead(404).end();
		return;
	}
	const body = request.method === 'POST' ? await json(request) : undefined;
	response.setHeader('content-type', 'application/json').end(JSON.stringify(route(body)));
});
const port = Number(process.argv[2]);
const origin = `http://127.0.0.1:${port}`;
server.listen(port, '127.0.0.1');
