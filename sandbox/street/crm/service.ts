// The CRM's parts put together: its deals, its webhook, and its product photos.
import { DrawnImages } from '../../drawing/drawn-images';
import type { Lifetime } from '../../lifetime';
import { notFound, onlyKnown, StreetError } from '../endpoint';
import { type Changes, type Deal, Deals, type Stage, STAGES } from './deals';
import { drawMask, drawProduct } from './photos';
import { Webhook } from './webhook';

const FIELDS = ['title', 'stage', 'scene', 'amount'] as const;

export class CrmService {
	readonly deals = new Deals();

	readonly webhook: Webhook;

	private readonly photos = new DrawnImages();

	constructor(
		lifetime: Lifetime,
		/** Where the CRM's pages are. */
		readonly baseUrl: () => string,
	) {
		this.webhook = new Webhook(lifetime);
	}

	deal(id: string): Deal {
		const deal = this.deals.get(id);
		if (!deal) throw notFound(`deal "${id}"`);
		return deal;
	}

	/** Changes a deal and tells the webhook, unless nothing is different. */
	change(deal: Deal, fields: Record<string, unknown>): void {
		const changed = this.deals.change(deal, readChanges(fields));
		if (changed.length > 0) this.webhook.send(deal.id, { changed, deal: this.json(deal) });
	}

	async photo({ product }: Deal): Promise<Buffer> {
		const photo = await this.photos.image(product, async () => await drawProduct(product));
		if (!photo) throw notFound('such photo');
		return photo;
	}

	async mask({ id, product, hasMask }: Deal): Promise<Buffer> {
		const mask = await this.photos.image(`${product} mask`, async () =>
			hasMask ? await drawMask(product) : undefined,
		);
		if (!mask) throw notFound(`mask for the photo of deal "${id}"`);
		return mask;
	}

	json(deal: Deal): Record<string, unknown> {
		const base = this.baseUrl();
		return {
			id: deal.id,
			title: deal.title,
			stage: deal.stage,
			scene: deal.scene,
			amount: deal.amount,
			photo_url: `${base}/photos/${deal.id}.jpg`,
			mask_url: deal.hasMask ? `${base}/masks/${deal.id}.png` : null,
			url: `${base}/deals/${deal.id}`,
			updated_at: deal.updatedAt.toISOString(),
			files: deal.files.map(({ id, name, mimeType, bytes }) => ({
				id,
				name,
				mime_type: mimeType,
				size: bytes.length,
				url: `${base}/files/${id}/${encodeURIComponent(name)}`,
			})),
			notes: deal.notes.map(({ text, addedAt }) => ({ text, added_at: addedAt.toISOString() })),
		};
	}
}

function text(fields: Record<string, unknown>, field: 'title' | 'scene'): string {
	const value = fields[field];
	if (typeof value === 'string' && value.trim() !== '' && value.length <= 1_000)
		return value.trim();
	const message = `"${field}" must be a text of 1 to 1000 characters.`;
	throw new StreetError(400, 'bad_value', message, field);
}

function stage({ stage: value }: Record<string, unknown>): Stage {
	const known = STAGES.find((each) => each === value);
	if (known) return known;
	const message = `"stage" is one of: ${STAGES.join(', ')}.`;
	throw new StreetError(400, 'bad_value', message, 'stage');
}

function amount({ amount: value }: Record<string, unknown>): number {
	const number = value === '' ? Number.NaN : Number(value);
	if (Number.isFinite(number) && number >= 0) return number;
	throw new StreetError(400, 'bad_value', '"amount" must be a number, 0 or more.', 'amount');
}

function readChanges(fields: Record<string, unknown>): Partial<Changes> {
	onlyKnown(fields, FIELDS);
	return {
		...('title' in fields && { title: text(fields, 'title') }),
		...('scene' in fields && { scene: text(fields, 'scene') }),
		...('stage' in fields && { stage: stage(fields) }),
		...('amount' in fields && { amount: amount(fields) }),
	};
}
