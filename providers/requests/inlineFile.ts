// A file that stands in a request's JSON as a data URI. It isn't held as a text: the pipeline writes it while it sends.
import type { InputFile } from '../contract';

export class InlineFile {
	/** `digest` is the SHA-256 of its bytes as hex: by it, it is known again wherever it isn't written out. */
	constructor(
		readonly file: InputFile,
		readonly digest: string,
	) {}
}
