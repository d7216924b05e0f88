// The social network's API, and its pictures, which anybody may see.
import type { FastifyInstance } from 'fastify';
import { fileOf, notFound, onlyKnown, readForm } from '../endpoint';
import { type Post, type Posts, statusOf } from './posts';

const FIELDS = ['caption', 'alt_text', 'publish_at', 'format'] as const;

export function postJson(post: Post, baseUrl: string): Record<string, unknown> {
	return {
		id: post.id,
		status: statusOf(post),
		format: post.format,
		caption: post.caption,
		alt_text: post.altText,
		publish_at: post.publishAt.toISOString(),
		created_at: post.createdAt.toISOString(),
		url: `${baseUrl}#${post.id}`,
		picture_url: `${baseUrl}/pictures/${post.id}.jpg`,
	};
}

export function socialApi(scope: FastifyInstance, posts: Posts, baseUrl: () => string): void {
	const found = (id: string): Post => {
		const post = posts.get(id);
		if (!post) throw notFound(`post "${id}"`);
		return post;
	};

	scope.post('/posts', async (request, reply) => {
		const form = await readForm(request);
		onlyKnown(form.texts, FIELDS);
		const wanted = { ...form.texts, picture: fileOf(form, 'picture').bytes };
		const key = request.headers['idempotency-key'];
		const { post, isNew } = await posts.publish(wanted, key?.toString());
		if (!isNew) reply.header('idempotent-replayed', 'true');
		return await reply.code(isNew ? 201 : 200).send(postJson(post, baseUrl()));
	});

	scope.get('/posts', async () => ({
		posts: posts.list().map((post) => postJson(post, baseUrl())),
	}));

	scope.get<{ Params: { id: string } }>('/posts/:id', async ({ params }) =>
		postJson(found(params.id), baseUrl()),
	);

	scope.delete<{ Params: { id: string } }>('/posts/:id', async ({ params }, reply) => {
		posts.delete(found(params.id).id);
		return await reply.code(204).send();
	});
}

export function socialPictures(scope: FastifyInstance, posts: Posts): void {
	scope.get<{ Params: { file: string } }>('/:file', async ({ params }, reply) => {
		const post = posts.get(params.file.replace(/\.jpg$/, ''));
		if (!post) throw notFound('such picture');
		return await reply.type('image/jpeg').send(post.picture);
	});
}
