// fal's storage: places that wait for a file, whole or in parts, and the files that have come.
import { createHash, randomBytes } from 'node:crypto';
import { BoundedBytes } from '../files/bounded-bytes';
import { safeName } from '../files/file-store';

const TOTAL_LIMIT = 512 * 1024 * 1024;
const OPEN_MINUTES = 60;
const TOKEN_LIMIT = 10_000;

export interface Upload {
	id: string;
	key: string;
	name: string;
	contentType: string;
	/** Signed into the address that takes the bytes. */
	token: string;
	isMultipart: boolean;
	parts: Map<number, { bytes: Buffer; etag: string }>;
	openUntil: number;
	bytes?: Buffer;
	/** Milliseconds since 1970; undefined: as long as there is room. */
	expiresAt?: number;
}

export interface NewUpload {
	key: string;
	name: string;
	contentType: string;
	isMultipart: boolean;
	lifetimeSeconds?: number;
}

export class Uploads {
	private readonly kept = new BoundedBytes<Upload>(TOTAL_LIMIT);

	private readonly tokens = new BoundedBytes<{ key: string; expiresAt: number }>(TOKEN_LIMIT);

	open({ name, lifetimeSeconds, ...rest }: NewUpload): Upload {
		const now = Date.now();
		const upload: Upload = {
			...rest,
			id: randomBytes(12).toString('hex'),
			name: safeName(name) ?? 'file',
			token: randomBytes(16).toString('hex'),
			parts: new Map(),
			openUntil: now + OPEN_MINUTES * 60_000,
			...(lifetimeSeconds !== undefined && { expiresAt: now + lifetimeSeconds * 1000 }),
		};
		this.kept.set(upload.id, upload, 0);
		return upload;
	}

	/** Lets whoever has the token put files where the key's are. */
	openTo(key: string): { token: string; expiresAt: number } {
		const token = randomBytes(24).toString('hex');
		const expiresAt = Date.now() + OPEN_MINUTES * 60_000;
		this.tokens.set(token, { key, expiresAt }, 1);
		return { token, expiresAt };
	}

	keyOf(token: string): string | undefined {
		const open = this.tokens.get(token);
		return open && Date.now() < open.expiresAt ? open.key : undefined;
	}

	/** One that still waits for its bytes, for whoever has its token. */
	waiting(id: string, token: unknown): Upload | undefined {
		const upload = this.kept.get(id);
		if (!upload || upload.bytes || upload.token !== token) return undefined;
		return Date.now() < upload.openUntil ? upload : undefined;
	}

	fill(upload: Upload, bytes: Buffer): void {
		this.kept.set(upload.id, Object.assign(upload, { bytes }), bytes.length);
	}

	addPart({ parts }: Upload, number: number, bytes: Buffer): string {
		const etag = `"${createHash('md5').update(bytes).digest('hex')}"`;
		parts.set(number, { bytes, etag });
		return etag;
	}

	/** Undefined when it was not uploaded, or is no longer kept. */
	file(id: string): Upload | undefined {
		const upload = this.kept.get(id);
		const isOver = upload?.expiresAt !== undefined && Date.now() >= upload.expiresAt;
		return upload?.bytes && !isOver ? upload : undefined;
	}

	/** Oldest first. */
	list(key?: string): Upload[] {
		return this.kept.all().filter((upload) => key === undefined || upload.key === key);
	}
}
