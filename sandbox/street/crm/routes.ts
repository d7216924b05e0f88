// The CRM's API, and its photos and files, which anybody may see who has the link.
import type { FastifyInstance } from 'fastify';
import { fileOf, notFound, onlyKnown, readForm, StreetError } from '../endpoint';
import type { CrmService } from './service';

interface ById {
	Params: { id: string };
}

function objectOf(body: unknown): Record<string, unknown> {
	if (typeof body === 'object' && body !== null && !Array.isArray(body)) {
		return body as Record<string, unknown>;
	}
	throw new StreetError(400, 'bad_body', 'The body must be a JSON object.');
}

export function crmApi(scope: FastifyInstance, crm: CrmService): void {
	scope.get('/deals', async () => ({ deals: crm.deals.list().map((deal) => crm.json(deal)) }));

	scope.get<ById>('/deals/:id', async ({ params }) => crm.json(crm.deal(params.id)));

	scope.patch<ById>('/deals/:id', async ({ params, body }) => {
		const deal = crm.deal(params.id);
		crm.change(deal, objectOf(body));
		return crm.json(deal);
	});

	scope.post<ById>('/deals/:id/files', async (request, reply) => {
		const deal = crm.deal(request.params.id);
		const form = await readForm(request);
		onlyKnown(form.texts, []);
		crm.deals.addFile(deal, fileOf(form, 'file'));
		return await reply.code(201).send(crm.json(deal));
	});

	scope.post<ById>('/deals/:id/notes', async ({ params, body }, reply) => {
		const deal = crm.deal(params.id);
		const fields = objectOf(body);
		onlyKnown(fields, ['text']);
		if (typeof fields.text !== 'string') {
			throw new StreetError(400, 'bad_note', 'The field "text" is missing.', 'text');
		}
		crm.deals.addNote(deal, fields.text);
		return await reply.code(201).send(crm.json(deal));
	});

	scope.put('/webhook', async ({ body }) => {
		const fields = objectOf(body);
		onlyKnown(fields, ['url', 'twice']);
		const { url, twice } = fields as { url?: string; twice?: string };
		crm.webhook.set({ url, repeats: twice });
		return { url: crm.webhook.url ?? null, twice: crm.webhook.repeats };
	});
}

export function crmPictures(scope: FastifyInstance, crm: CrmService): void {
	scope.get<ById>('/photos/:id.jpg', async ({ params }, reply) => {
		return await reply.type('image/jpeg').send(await crm.photo(crm.deal(params.id)));
	});

	scope.get<ById>('/masks/:id.png', async ({ params }, reply) => {
		return await reply.type('image/png').send(await crm.mask(crm.deal(params.id)));
	});

	scope.get<ById>('/files/:id/:name', async ({ params }, reply) => {
		const file = crm.deals.file(params.id);
		if (!file) throw notFound('such file');
		return await reply.type(file.mimeType).send(file.bytes);
	});
}
