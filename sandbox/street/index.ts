// The street beside the providers: a social network, a CRM and a file store to try workflows with.
import type { FastifyInstance, FastifyReply } from 'fastify';
import type { DeliveryRecord } from '../callbacks/callback-sender';
import { type Html, page } from '../http/html';
import { localOnly } from '../http/local-only';
import type { Lifetime } from '../lifetime';
import { dealPage, dealsPage } from './crm/pages';
import { crmApi, crmPictures } from './crm/routes';
import { CrmService } from './crm/service';
import { dress, requireToken, StreetError } from './endpoint';
import { filesPage } from './files/page';
import { filesApi, publicFiles, sampleSheet } from './files/routes';
import { Store } from './files/store';
import { feedPage } from './social/page';
import { Posts } from './social/posts';
import { socialApi, socialPictures } from './social/routes';

export const SOCIAL_TOKEN = 'sandbox-social-token';
export const CRM_TOKEN = 'sandbox-crm-token';
export const FILES_TOKEN = 'sandbox-files-token';

export interface StreetSandbox {
	/** Each serves its API at /v1, and its page at the address itself. */
	readonly socialUrl: string;
	readonly crmUrl: string;
	readonly filesUrl: string;
	/** Every try of the CRM's webhook whose outcome is known. */
	deliveries(): DeliveryRecord[];
}

export class Street {
	readonly posts = new Posts();

	readonly store = new Store();

	readonly crm: CrmService;

	constructor(
		lifetime: Lifetime,
		private readonly origin: () => string,
	) {
		this.crm = new CrmService(lifetime, () => this.addressOf('crm'));
	}

	addressOf(service: 'social' | 'crm' | 'files'): string {
		return `${this.origin()}/street/${service}`;
	}
}

export function streetSandbox(street: Street): StreetSandbox {
	return {
		get socialUrl() {
			return street.addressOf('social');
		},
		get crmUrl() {
			return street.addressOf('crm');
		},
		get filesUrl() {
			return street.addressOf('files');
		},
		deliveries: () => [...street.crm.webhook.deliveries],
	};
}

/** Puts a service's API where its token is asked for, and what anybody may see beside it. */
async function register(
	server: FastifyInstance,
	{
		api,
		token,
		open,
	}: Record<'api' | 'open', [string, (scope: FastifyInstance) => void]> & {
		token: string;
	},
): Promise<void> {
	await server.register(
		async (scope) => {
			dress(scope);
			requireToken(scope, token);
			api[1](scope);
		},
		{ prefix: api[0] },
	);
	await server.register(
		async (scope) => {
			dress(scope);
			open[1](scope);
		},
		{ prefix: open[0] },
	);
}

export async function registerStreet(server: FastifyInstance, street: Street): Promise<void> {
	const { posts, store, crm } = street;
	await register(server, {
		token: SOCIAL_TOKEN,
		api: [
			'/street/social/v1',
			(scope) => socialApi(scope, posts, () => street.addressOf('social')),
		],
		open: ['/street/social/pictures', (scope) => socialPictures(scope, posts)],
	});
	await register(server, {
		token: CRM_TOKEN,
		api: ['/street/crm/v1', (scope) => crmApi(scope, crm)],
		open: ['/street/crm', (scope) => crmPictures(scope, crm)],
	});
	await register(server, {
		token: FILES_TOKEN,
		api: ['/street/files/v1', (scope) => filesApi(scope, store, () => street.addressOf('files'))],
		open: ['/street/files/public', (scope) => publicFiles(scope, store)],
	});
	await server.register(async (scope) => sampleSheet(scope), { prefix: '/street/files/samples' });
	await server.register(async (scope) => pages(scope, street));
}

/** What a browser shows, and the forms on it. */
function pages(scope: FastifyInstance, street: Street): void {
	const { posts, store, crm } = street;
	localOnly(scope);
	scope.addContentTypeParser(
		'application/x-www-form-urlencoded',
		{ parseAs: 'string' },
		(_request, body, done) => done(null, Object.fromEntries(new URLSearchParams(String(body)))),
	);
	const show = async (reply: FastifyReply, title: string, body: Html): Promise<FastifyReply> =>
		await reply.type('text/html; charset=utf-8').send(page(title, body));
	const access = (service: 'social' | 'crm' | 'files', token: string) => ({
		apiUrl: `${street.addressOf(service)}/v1`,
		token,
	});

	scope.get('/street/social', async (_request, reply) =>
		show(reply, 'Social network', feedPage(posts.list(), access('social', SOCIAL_TOKEN))),
	);
	scope.get('/street/files', async (_request, reply) =>
		show(reply, 'File store', filesPage(store.list(), access('files', FILES_TOKEN))),
	);
	scope.get('/street/crm', async (_request, reply) =>
		show(reply, 'CRM', dealsPage(crm, access('crm', CRM_TOKEN))),
	);
	scope.get<{ Params: { id: string } }>('/street/crm/deals/:id', async ({ params }, reply) => {
		const deal = crm.deals.get(params.id);
		if (!deal) return await reply.redirect('/street/crm');
		return await show(reply, deal.title, dealPage(deal));
	});
	scope.post<{ Params: { id: string }; Body: Record<string, unknown> }>(
		'/street/crm/deals/:id',
		async ({ params, body }, reply) => {
			const deal = crm.deals.get(params.id);
			if (!deal) return await reply.redirect('/street/crm', 303);
			try {
				crm.change(deal, body);
			} catch (error) {
				if (!(error instanceof StreetError)) throw error;
				return await show(reply.code(error.status), deal.title, dealPage(deal, error.message));
			}
			return await reply.redirect(`/street/crm/deals/${deal.id}`, 303);
		},
	);
	scope.post<{ Body: { url?: string; twice?: string } }>(
		'/street/crm/webhook',
		async ({ body }, reply) => {
			try {
				crm.webhook.set({ url: body.url, repeats: body.twice });
			} catch (error) {
				if (!(error instanceof StreetError)) throw error;
				const shown = dealsPage(crm, access('crm', CRM_TOKEN), error.message);
				return await show(reply.code(error.status), 'CRM', shown);
			}
			return await reply.redirect('/street/crm', 303);
		},
	);
}
