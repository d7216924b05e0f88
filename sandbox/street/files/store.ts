// The files of the file store. Each keeps its link for as long as the sandbox runs, whatever becomes of others.
import { randomBytes } from 'node:crypto';
import { safeName } from '../../files/file-store';
import { contentType } from '../../files/image-file';
import { StreetError } from '../endpoint';

const FILE_MEGABYTES = 50;
const STORE_MEGABYTES = 512;
const MEGABYTE = 1024 * 1024;

export interface StoredFile {
	id: string;
	name: string;
	mimeType: string;
	bytes: Buffer;
	addedAt: Date;
}

export class Store {
	private readonly files = new Map<string, StoredFile>();

	/** Latest first. */
	list(): StoredFile[] {
		return [...this.files.values()].reverse();
	}

	get(id: string): StoredFile | undefined {
		return this.files.get(id);
	}

	delete(id: string): boolean {
		return this.files.delete(id);
	}

	add({ name, bytes }: { name: string; bytes: Buffer }): StoredFile {
		if (bytes.length > FILE_MEGABYTES * MEGABYTE) {
			const message = `The file is too large: ${FILE_MEGABYTES} MB is the limit.`;
			throw new StreetError(413, 'too_large', message, 'file');
		}
		const used = this.list().reduce((sum, file) => sum + file.bytes.length, 0);
		if (used + bytes.length > STORE_MEGABYTES * MEGABYTE) {
			const message = `The store is full: it holds ${STORE_MEGABYTES} MB. Delete some files.`;
			throw new StreetError(507, 'store_full', message);
		}
		const id = randomBytes(9).toString('base64url');
		const free = this.freeName(safeName(name) ?? 'file');
		const file = { id, name: free, mimeType: contentType(bytes), bytes, addedAt: new Date() };
		this.files.set(id, file);
		return file;
	}

	/** A second "harbour.png" becomes "harbour (2).png": nothing is overwritten. */
	private freeName(name: string): string {
		const taken = new Set(this.list().map((file) => file.name));
		const [, stem = name, ending = ''] = /^(.+?)(\.[^.]*)?$/.exec(name) ?? [];
		let free = name;
		for (let count = 2; taken.has(free); count++) free = `${stem} (${count})${ending}`;
		return free;
	}
}
