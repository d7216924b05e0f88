// Made Up's server, over real HTTP and strict: it takes what the protocol says and nothing else.
import multipart from '@fastify/multipart';
import fastify, { type FastifyRequest } from 'fastify';
import sharp from 'sharp';
import { z } from 'zod';

export const KEY = 'made-up-key';
const PRICE = 0.02;
const MODELS = ['sketch-2', 'sketch-1'];

const taskBody = z
	.object({
		model: z.string(),
		prompt: z.string().min(1),
		size: z.string().optional(),
		count: z.number().int().min(1).max(4),
		images: z.array(z.string().url()).min(1).max(2).optional(),
		callback: z.string().url().optional(),
	})
	.strict();

interface Task {
	id: string;
	status: 'waiting' | 'done' | 'failed';
	wanted: z.output<typeof taskBody>;
}

class Refusal extends Error {
	constructor(
		readonly statusCode: number,
		message: string,
		readonly code?: string,
	) {
		super(message);
	}
}

export async function startServer() {
	const server = fastify();
	const tasks = new Map<string, Task>();
	const taskOfKey = new Map<string, Task>();
	const files: Buffer[] = [];
	const requests: string[] = [];
	/** What tests change: whether tasks wait to be finished by hand, how many creates lose their answers, whose money is gone. */
	const mood = { holds: false, lost: 0, isBroke: false };

	await server.register(multipart);
	server.setErrorHandler(async (error: Error & Partial<Refusal>, _request, reply) => {
		const status = error instanceof z.ZodError ? 422 : (error.statusCode ?? 500);
		await reply.status(status).send({ error: { message: error.message, code: error.code } });
	});
	server.addHook('onRequest', async (request) => {
		requests.push(`${request.method} ${request.url}`);
		if (request.url.startsWith('/pictures/')) return;
		if (request.headers.authorization !== `Bearer ${KEY}`) throw new Refusal(401, 'Wrong key.');
	});

	const taskJson = ({ id, status, wanted: { model, count, prompt } }: Task) => ({
		id,
		status,
		model,
		...(status === 'done' && {
			price: PRICE * count,
			pictures: Array.from({ length: count }, (_, i) => ({ url: `/pictures/${id}-${i}.png` })),
		}),
		...(status === 'failed' && {
			error: { code: 'content_policy', message: `"${prompt}" was refused.` },
		}),
	});
	const find = (id: string) => {
		const task = tasks.get(id);
		if (!task) throw new Refusal(404, 'There is no such task.');
		if (!mood.holds && task.status === 'waiting') end(task);
		return task;
	};
	const end = (task: Task) => {
		task.status = task.wanted.prompt.includes('forbidden') ? 'failed' : 'done';
	};
	const create = (request: FastifyRequest): Task => {
		const key = z.string().parse(request.headers['idempotency-key']);
		const known = taskOfKey.get(key);
		if (known) return known;
		if (mood.isBroke) throw new Refusal(402, 'Your balance is 0 dollars.');
		const wanted = taskBody.parse(request.body);
		if (!MODELS.includes(wanted.model)) throw new Refusal(404, `Model ${wanted.model} not found.`);
		const task: Task = { id: `task-${tasks.size + 1}`, status: 'waiting', wanted };
		tasks.set(task.id, task);
		taskOfKey.set(key, task);
		return task;
	};

	server.post('/tasks', (request, reply) => {
		const task = create(request);
		if (mood.lost === 0) return reply.status(202).send(taskJson(task));
		mood.lost -= 1;
		return reply.status(502).header('retry-after-ms', '1').send('Bad gateway');
	});
	server.get<{ Params: { id: string } }>('/tasks/:id', ({ params }) => taskJson(find(params.id)));
	server.get<{ Querystring: { ids: string } }>('/tasks', ({ query }) => ({
		tasks: query.ids.split(',').map((id) => taskJson(find(id))),
	}));
	server.post('/files', async (request) => {
		const file = await request.file();
		if (file?.fieldname !== 'file') throw new Refusal(422, 'The field file is missing.');
		files.push(await file.toBuffer());
		return { url: `${address}/files/${files.length}` };
	});
	server.get('/models', () => ({ models: MODELS.map((id) => ({ id })) }));
	server.get('/pictures/:name', async (_request, reply) => {
		const canvas = { width: 96, height: 64, channels: 3 as const, background: '#208060' };
		return await reply.type('image/png').send(await sharp({ create: canvas }).png().toBuffer());
	});
	const address = await server.listen({ host: '127.0.0.1', port: 0 });

	return {
		baseUrl: address,
		files,
		mood,
		requests,
		tasks: () => [...tasks.values()],
		/** Ends a task and calls back, as the task's request wishes. */
		finish: async (id: string) => {
			const task = find(id);
			end(task);
			await fetch(task.wanted.callback!, {
				method: 'POST',
				headers: { 'content-type': 'application/json' },
				body: JSON.stringify({ id }),
			});
		},
		close: async () => {
			server.server.closeAllConnections();
			await server.close();
		},
	};
}
