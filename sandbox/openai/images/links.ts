// The links under which images are served to keys that want links: 60 minutes, without a key.
import { randomBytes } from 'node:crypto';
import { BoundedBytes } from '../../files/bounded-bytes';

const MEGABYTE = 1024 * 1024;
const MINUTES_60 = 3_600_000;

export interface LinkedImage {
	id: string;
	/** The key whose faults hold for the download. */
	key: string;
	bytes: Buffer;
	type: string;
	expiresAt: number;
}

/** For example "image/svg+xml". */
export function mimeTypeOf(format: string): string {
	return format === 'svg' ? 'image/svg+xml' : `image/${format}`;
}

export class ImageLinks {
	private readonly images = new BoundedBytes<LinkedImage>(128 * MEGABYTE);

	constructor(private readonly resultsUrl: () => string) {}

	/** Returns the URL. */
	add(key: string, bytes: Buffer, format: string, lifetimeSeconds: number | undefined): string {
		const id = randomBytes(16).toString('hex');
		const expiresAt =
			Date.now() + (lifetimeSeconds === undefined ? MINUTES_60 : lifetimeSeconds * 1000);
		this.images.set(id, { id, key, bytes, type: mimeTypeOf(format), expiresAt }, bytes.length);
		return `${this.resultsUrl()}/${id}.${format === 'jpeg' ? 'jpg' : format}`;
	}

	find(id: string): LinkedImage | undefined {
		return this.images.get(id);
	}
}
