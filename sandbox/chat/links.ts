// The links that a gateway's answers give: images, their downloads, progress pictures and preview pages. No key needed.
import { randomBytes } from 'node:crypto';
import { BoundedBytes } from '../files/bounded-bytes';
import type { CheckedChatFaults } from './faults';

const MEGABYTE = 1024 * 1024;
const HOURS_24 = 24 * 3_600_000;

export interface LinkedImage {
	id: string;
	/** The key whose faults hold for the download, under what the prompt asked for. */
	key: string;
	promptFaults: CheckedChatFaults;
	bytes: Buffer;
	expiresAt: number;
}

export interface ImageLink {
	image: string;
	download: string;
	/** What a progress log links its last percentage to. */
	progress: string;
}

export class ChatLinks {
	private readonly images = new BoundedBytes<LinkedImage>(192 * MEGABYTE);

	/** The address ends in no slash. */
	constructor(private readonly filesUrl: () => string) {}

	add(key: string, bytes: Buffer, faults: CheckedChatFaults, promptFaults: CheckedChatFaults) {
		const id = randomBytes(15).toString('hex');
		const { linkLifetimeSeconds } = faults;
		const expiresAt =
			Date.now() + (linkLifetimeSeconds === undefined ? HOURS_24 : linkLifetimeSeconds * 1000);
		this.images.set(id, { id, key, promptFaults, bytes, expiresAt }, bytes.length);
		return this.linkOf(id);
	}

	find(id: string): LinkedImage | undefined {
		return this.images.get(id);
	}

	/** The pages about a task, which are no images. */
	pagesOf(task: string): { preview: string; source: string } {
		return {
			preview: `${this.filesUrl()}/web/${task}`,
			source: `${this.filesUrl()}/source/${task}`,
		};
	}

	private linkOf(id: string): ImageLink {
		const day = new Date().toISOString().slice(0, 10).replaceAll('-', '');
		const base = this.filesUrl();
		return {
			image: `${base}/cdn/${day}/${id}.png`,
			download: `${base}/cdn/download/${day}/${id}.png`,
			progress: `${base}/vg-assets/${id}.png?se=${encodeURIComponent(new Date().toISOString())}&sp=r`,
		};
	}
}
