// The files that were sent in, by multipart or to the storage, and the addresses under which they can be fetched.
import { randomBytes } from 'node:crypto';
import { FileStore, type StoredFile } from '../files/file-store';

const KEPT_HOURS = 24;
const UPLOAD_MINUTES = 60;
const SLOT_LIMIT = 10_000;

export type UploadWay = 'multipart' | 'storage';

/** A place in the storage that waits for its file. */
export interface UploadSlot {
	/** All of these must come before the file, unchanged. */
	fields: Record<string, string>;
	name: string;
	fileUrl: string;
	expiresAt: number;
	/** The file, once it is there. */
	file?: StoredFile;
}

export class KeptFiles {
	private readonly store = new FileStore(KEPT_HOURS);

	/** By the id in the file's address. */
	private readonly slots = new Map<string, UploadSlot>();

	/** The address ends in no slash. */
	constructor(private readonly filesUrl: () => string) {}

	/** Keeps a file of a multipart create and returns its address. */
	add(bytes: Buffer, name: string | undefined): string {
		const file = this.store.add(bytes, name);
		return `${this.filesUrl()}/multipart/${file.id}/${encodeURIComponent(file.name)}`;
	}

	openSlot(name: string, folder: string, contentType: string): UploadSlot {
		const id = randomBytes(12).toString('hex');
		const key = [folder, id, name].filter((part) => part !== '').join('/');
		const path = [id, name].map(encodeURIComponent).join('/');
		const expiresAt = Date.now() + UPLOAD_MINUTES * 60_000;
		const policy = { expiration: new Date(expiresAt).toISOString(), conditions: [{ key }] };
		const slot: UploadSlot = {
			fields: {
				'Content-Type': contentType,
				key,
				policy: Buffer.from(JSON.stringify(policy)).toString('base64'),
				'x-amz-signature': randomBytes(32).toString('hex'),
			},
			name,
			fileUrl: `${this.filesUrl()}/storage/${path}`,
			expiresAt,
		};
		this.slots.set(id, slot);
		const [oldest] = this.slots.keys();
		if (this.slots.size > SLOT_LIMIT && oldest !== undefined) this.slots.delete(oldest);
		return slot;
	}

	/** By the field "key", which ends in the id and the name. */
	slot(key: string): UploadSlot | undefined {
		return this.slots.get(key.split('/').at(-2) ?? '');
	}

	fill(slot: UploadSlot, bytes: Buffer): void {
		slot.file = this.store.add(bytes, slot.name);
	}

	find(way: UploadWay, id: string): StoredFile | undefined {
		if (way === 'multipart') return this.store.get(id);
		const file = this.slots.get(id)?.file;
		return file && this.store.get(file.id);
	}

	/** How a file that an input names has come here. */
	wayOf(url: string): UploadWay | 'url' {
		const ways = ['multipart', 'storage'] as const;
		return ways.find((way) => url.startsWith(`${this.filesUrl()}/${way}/`)) ?? 'url';
	}
}
