// Keeps uploaded files in memory for as long as the provider says it does, within a bound.
import { randomBytes } from 'node:crypto';
import { BoundedBytes } from './bounded-bytes';
import { contentType } from './image-file';

export interface StoredFile {
	id: string;
	name: string;
	bytes: Buffer;
	mimeType: string;
	expiresAt: Date;
}

const TOTAL_LIMIT = 256 * 1024 * 1024;

export class FileStore {
	private readonly files = new BoundedBytes<StoredFile>(TOTAL_LIMIT);

	constructor(private readonly lifetimeHours: number) {}

	add(bytes: Buffer, wantedName: string | undefined): StoredFile {
		const mimeType = contentType(bytes);
		const file = {
			id: `file-${randomBytes(12).toString('hex')}`,
			name: safeName(wantedName) ?? `upload.${mimeType.split('/')[1]}`,
			bytes,
			mimeType,
			expiresAt: new Date(Date.now() + this.lifetimeHours * 3_600_000),
		};
		this.files.set(file.id, file, bytes.length);
		return file;
	}

	get(id: string): StoredFile | undefined {
		const file = this.files.get(id);
		return file && file.expiresAt.getTime() > Date.now() ? file : undefined;
	}
}

/** Without folders, and without signs that a file system may refuse. */
export function safeName(name: string | undefined): string | undefined {
	const plain = name
		?.split(/[\\/]/)
		.at(-1)
		?.replace(/[^\p{L}\p{N}._ -]/gu, '_');
	return plain === undefined || /^[.\s]*$/.test(plain) ? undefined : plain.slice(-120);
}
