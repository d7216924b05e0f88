// The file store's API, and its public links.
import type { FastifyInstance } from 'fastify';
import { fileOf, notFound, onlyKnown, readForm } from '../endpoint';
import { SAMPLE_SHEET } from './sample-sheet';
import type { Store, StoredFile } from './store';

interface ById {
	Params: { id: string };
}

export function pathOf({ id, name }: StoredFile): string {
	return `/public/${id}/${encodeURIComponent(name)}`;
}

export function filesApi(scope: FastifyInstance, store: Store, baseUrl: () => string): void {
	const json = (file: StoredFile) => ({
		id: file.id,
		name: file.name,
		mime_type: file.mimeType,
		size: file.bytes.length,
		added_at: file.addedAt.toISOString(),
		url: baseUrl() + pathOf(file),
	});
	const found = (id: string): StoredFile => {
		const file = store.get(id);
		if (!file) throw notFound(`file "${id}"`);
		return file;
	};

	scope.post('/files', async (request, reply) => {
		const form = await readForm(request);
		onlyKnown(form.texts, ['name']);
		const { name, bytes } = fileOf(form, 'file');
		const file = store.add({ name: form.texts.name || name, bytes });
		return await reply.code(201).send(json(file));
	});

	scope.get('/files', async () => ({ files: store.list().map(json) }));

	scope.get<ById>('/files/:id', async ({ params }) => json(found(params.id)));

	scope.delete<ById>('/files/:id', async ({ params }, reply) => {
		store.delete(found(params.id).id);
		return await reply.code(204).send();
	});
}

export function publicFiles(scope: FastifyInstance, store: Store): void {
	scope.get<ById>('/:id/:name', async ({ params }, reply) => {
		const file = store.get(params.id);
		if (!file) throw notFound('such file');
		return await reply.type(file.mimeType).send(file.bytes);
	});
}

/** The sheet is always there, and isn't one of the stored files. */
export function sampleSheet(scope: FastifyInstance): void {
	scope.get('/campaign.csv', async (_request, reply) =>
		reply
			.type('text/csv; charset=utf-8')
			.header('content-disposition', 'attachment; filename="campaign.csv"')
			.send(SAMPLE_SHEET),
	);
}
