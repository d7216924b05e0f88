// A file as a request takes it along.
import type { InlineFile, InputFile } from '../../providers/contract';
import type { ByteStream } from '../answers/streams';

/** A file that lies in n8n's binary store, or in memory where n8n keeps it there. */
export interface FileToSend {
	name: string;
	mimeType: string;
	bytes: number;
	content: { binaryId: string } | { buffer: Buffer };
}

/** An input file with its bytes, as long as it lies in n8n only. */
export interface LocalFile extends InputFile {
	file?: FileToSend;
}

/** Opens a file in n8n's binary store, to be read in so many bytes at once. Throws n8n's error when it can't be read. */
export type OpenFile = (binaryId: string, chunkBytes?: number) => Promise<ByteStream>;

/** A file to be written into JSON, told from all other values there by its class. */
export class LocalInlineFile implements InlineFile {
	constructor(
		readonly file: LocalFile,
		readonly digest: string,
	) {}
}
