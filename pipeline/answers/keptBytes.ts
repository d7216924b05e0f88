// What is kept of an answer: copied out of the chunks that it came in, and never more than any answer should have.
import { ImageFailure } from '../../providers/failure';
import { MEGABYTE } from '../../providers/limits/megabytes';

const FIRST_CAPACITY = 4096;

export class KeptBytes {
	length = 0;
	private memory = Buffer.allocUnsafe(FIRST_CAPACITY);

	constructor(private readonly maxBytes: number) {}

	/** Throws an `unreadableAnswer` failure when it becomes too much. */
	append(source: Buffer, from = 0, to = source.length): void {
		const end = Math.min(to, source.length);
		const length = this.length + end - from;
		if (length > this.maxBytes) throw tooLargeAnswer(this.maxBytes);
		if (length > this.memory.length) this.grow(length);
		source.copy(this.memory, this.length, from, end);
		this.length = length;
	}

	/** Forgets what stands behind this length. */
	cutTo(length: number): void {
		this.length = length;
	}

	/** The bytes themselves, not a copy. */
	bytes(from = 0, to = this.length): Buffer {
		return this.memory.subarray(from, to);
	}

	private grow(needed: number): void {
		const memory = Buffer.allocUnsafe(Math.max(needed, 2 * this.memory.length));
		this.memory.copy(memory, 0, 0, this.length);
		this.memory = memory;
	}
}

export function tooLargeAnswer(maxBytes: number): ImageFailure {
	return new ImageFailure({
		kind: 'unreadableAnswer',
		message: `The answer is larger than ${Math.floor(maxBytes / MEGABYTE)} MB, its pictures not counted.`,
		advice: 'Ask for less at once, and check the Base URL in the credential.',
		shouldRetry: false,
	});
}
