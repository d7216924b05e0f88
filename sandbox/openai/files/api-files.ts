// The files of the Files API: what a key has uploaded, and what batches have written.
import { randomBytes } from 'node:crypto';

export type FilePurpose =
	| 'assistants'
	| 'batch'
	| 'batch_output'
	| 'evals'
	| 'fine-tune'
	| 'user_data'
	| 'vision';

export interface ApiFile {
	id: string;
	key: string;
	name: string;
	purpose: FilePurpose;
	bytes: Buffer;
	/** Unix time in seconds. */
	createdAt: number;
	expiresAt?: number;
}

export type NewFile = Omit<ApiFile, 'id' | 'createdAt'>;

const MEGABYTE = 1024 * 1024;
const TOTAL_LIMIT = 512 * MEGABYTE;

export class ApiFiles {
	private readonly files = new Map<string, ApiFile>();

	private total = 0;

	/** When everything together grows too large, the oldest files go. */
	add(file: NewFile): ApiFile {
		const createdAt = Math.floor(Date.now() / 1000);
		const added = { ...file, id: `file-${randomBytes(12).toString('hex')}`, createdAt };
		this.files.set(added.id, added);
		this.total += added.bytes.length;
		for (const oldest of this.files.values()) {
			if (this.total <= TOTAL_LIMIT || oldest === added) break;
			this.remove(oldest);
		}
		return added;
	}

	ofKey(key: string, id: string): ApiFile | undefined {
		const file = this.files.get(id);
		if (file?.key !== key) return undefined;
		if (file.expiresAt === undefined || file.expiresAt * 1000 > Date.now()) return file;
		this.remove(file);
		return undefined;
	}

	/** Oldest first. */
	list(key: string): ApiFile[] {
		return [...this.files.values()].flatMap(({ id }) => this.ofKey(key, id) ?? []);
	}

	remove(file: ApiFile): void {
		if (this.files.delete(file.id)) this.total -= file.bytes.length;
	}
}

export function fileJson(file: ApiFile): Record<string, unknown> {
	return {
		id: file.id,
		object: 'file',
		bytes: file.bytes.length,
		created_at: file.createdAt,
		...(file.expiresAt !== undefined && { expires_at: file.expiresAt }),
		filename: file.name,
		purpose: file.purpose,
		status: 'processed',
		status_details: null,
	};
}
