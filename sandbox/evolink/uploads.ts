// The files that were uploaded, by the key that they belong to. One of the same name in the same folder takes an older one's place.
import { randomBytes } from 'node:crypto';
import { BoundedBytes } from '../files/bounded-bytes';
import { safeName } from '../files/file-store';

const KEPT_MILLISECONDS = 72 * 3_600_000;
const TOTAL_LIMIT = 256 * 1024 * 1024;

export interface Upload {
	id: string;
	key: string;
	folder: string;
	name: string;
	originalName: string;
	bytes: Buffer;
	mimeType: string;
	uploadedAt: Date;
	expiresAt: Date;
}

export interface NewUpload {
	key: string;
	bytes: Buffer;
	mimeType: string;
	/** By its type, unless told otherwise. */
	folder?: string;
	/** A name that nothing else has, unless told otherwise. */
	name?: string;
	/** What the file was called where it came from. */
	originalName?: string;
}

export class Uploads {
	private readonly kept = new BoundedBytes<Upload>(TOTAL_LIMIT);

	/** Stands for a key in addresses, which tell no keys. */
	private readonly shelves = new Map<string, string>();

	add({ key, bytes, mimeType, ...wanted }: NewUpload): Upload {
		const [kind, ending] = mimeType.split('/') as [string, string];
		const secret = randomBytes(12).toString('hex');
		const name = safeName(wanted.name) ?? `${secret}.${ending}`;
		const folder = wanted.folder ?? `${kind}s`;
		const older = this.list(key).find((each) => each.folder === folder && each.name === name);
		if (older) this.remove(older);
		const upload = {
			id: `file_${secret}`,
			key,
			folder,
			name,
			originalName: safeName(wanted.originalName) ?? name,
			bytes,
			mimeType,
			uploadedAt: new Date(),
			expiresAt: new Date(Date.now() + KEPT_MILLISECONDS),
		};
		this.kept.set(upload.id, upload, bytes.length);
		return upload;
	}

	/** The latest first. */
	list(key: string): Upload[] {
		return this.living()
			.filter((upload) => upload.key === key)
			.reverse();
	}

	get(id: string): Upload | undefined {
		return this.living().find((upload) => upload.id === id);
	}

	at(path: string): Upload | undefined {
		return this.living().find((upload) => this.pathOf(upload) === path);
	}

	pathOf({ key, folder, name }: Upload): string {
		const shelf = this.shelves.get(key) ?? randomBytes(9).toString('base64url');
		this.shelves.set(key, shelf);
		return [shelf, ...folder.split('/').filter((part) => part !== ''), name]
			.map(encodeURIComponent)
			.join('/');
	}

	remove({ id }: Upload): void {
		this.kept.delete(id);
	}

	private living(): Upload[] {
		return this.kept.all().filter(({ expiresAt }) => expiresAt.getTime() > Date.now());
	}
}
