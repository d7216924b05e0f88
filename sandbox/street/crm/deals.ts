// The deals of the CRM: what a person can change in them, and what workflows have brought back.
import { randomBytes } from 'node:crypto';
import { safeName } from '../../files/file-store';
import { contentType } from '../../files/image-file';
import { StreetError } from '../endpoint';
import type { Product } from './photos';

export const STAGES = ['new', 'picture wanted', 'offer sent', 'won', 'lost'] as const;
export type Stage = (typeof STAGES)[number];

/** What a person or a workflow may change. */
export interface Changes {
	title: string;
	stage: Stage;
	/** The picture that the customer would like to see. */
	scene: string;
	amount: number;
}

export interface DealFile {
	id: string;
	name: string;
	mimeType: string;
	bytes: Buffer;
	addedAt: Date;
}

export interface Note {
	text: string;
	addedAt: Date;
}

export interface Deal extends Changes {
	id: string;
	product: Product;
	/** Whether the supplier has sent a mask with the photo, which opens all but the product. */
	hasMask: boolean;
	updatedAt: Date;
	files: DealFile[];
	notes: Note[];
}

const FILES_PER_DEAL = 50;
const NOTES_PER_DEAL = 200;
const FILE_MEGABYTES = 25;
const NOTE_CHARACTERS = 5_000;

type Seed = Pick<Deal, 'title' | 'product' | 'hasMask' | 'scene' | 'amount'>;

const seeds: Seed[] = [
	{
		title: 'Mugs for a café',
		product: 'mug',
		hasMask: true,
		scene: 'The mug on a wooden table by a window, morning light',
		amount: 1_200,
	},
	{
		title: 'Lamps for an office',
		product: 'lamp',
		hasMask: false,
		scene: 'The lamp on a tidy desk in the evening',
		amount: 4_800,
	},
	{
		title: 'Backpacks for a hiking club',
		product: 'bag',
		hasMask: false,
		scene: 'The backpack on a rock, with mountains behind it',
		amount: 2_350,
	},
	{
		title: 'Bottles for a gym',
		product: 'bottle',
		hasMask: true,
		scene: 'The bottle on a bench in a bright gym',
		amount: 900,
	},
];

export class Deals {
	private readonly deals = seeds.map<Deal>((seed, index) => ({
		...seed,
		id: String(1001 + index),
		stage: 'new',
		updatedAt: new Date(),
		files: [],
		notes: [],
	}));

	list(): Deal[] {
		return this.deals;
	}

	get(id: string): Deal | undefined {
		return this.deals.find((deal) => deal.id === id);
	}

	/** Answers the names of what is different now. */
	change(deal: Deal, changes: Partial<Changes>): string[] {
		const changed = Object.entries(changes)
			.filter(([name, value]) => deal[name as keyof Changes] !== value)
			.map(([name]) => name);
		Object.assign(deal, changes);
		if (changed.length > 0) deal.updatedAt = new Date();
		return changed;
	}

	addFile(deal: Deal, { name, bytes }: { name: string; bytes: Buffer }): DealFile {
		if (bytes.length > FILE_MEGABYTES * 1024 * 1024) {
			const message = `The file is too large: ${FILE_MEGABYTES} MB is the limit.`;
			throw new StreetError(413, 'too_large', message, 'file');
		}
		if (deal.files.length >= FILES_PER_DEAL) {
			const message = `A deal has ${FILES_PER_DEAL} files at most.`;
			throw new StreetError(409, 'too_many_files', message, 'file');
		}
		const file = {
			id: randomBytes(8).toString('hex'),
			name: safeName(name) ?? 'file',
			mimeType: contentType(bytes),
			bytes,
			addedAt: new Date(),
		};
		deal.files.push(file);
		return file;
	}

	addNote(deal: Deal, text: string): Note {
		if (text.trim() === '' || text.length > NOTE_CHARACTERS) {
			const message = `A note has between 1 and ${NOTE_CHARACTERS} characters.`;
			throw new StreetError(400, 'bad_note', message, 'text');
		}
		if (deal.notes.length >= NOTES_PER_DEAL) {
			throw new StreetError(409, 'too_many_notes', `A deal has ${NOTES_PER_DEAL} notes at most.`);
		}
		const note = { text, addedAt: new Date() };
		deal.notes.push(note);
		return note;
	}

	file(id: string): DealFile | undefined {
		return this.deals.flatMap(({ files }) => files).find((file) => file.id === id);
	}
}
