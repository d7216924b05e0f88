// Bytes that arrive in chunks of any length, as a window onto what comes next.
import type { ImageFailure } from '../../providers/failure';
import { MEGABYTE } from '../../providers/limits/megabytes';
import { failureIn, resultOf } from '../result';
import { tooLargeAnswer } from './keptBytes';

/** Chunks are joined up to this length, so that looking ahead and handing on cost the same however they are cut. */
const LEAST_WINDOW = 64 * 1024;
/** Servers send blanks while they work, so that the connection stays. No work takes so many. */
const MAX_BLANK_BYTES = 8 * MEGABYTE;
const BYTE_ORDER_MARK = Buffer.from('\ufeff');
const WHITE_SPACE: ReadonlySet<number | undefined> = new Set([0x20, 0x09, 0x0a, 0x0d]);

export class ByteSource {
	/** What has arrived; what isn't used yet begins at `position`. Holds until `reach` is called. */
	window: Buffer = Buffer.alloc(0);
	position = 0;
	/** True when no more will come. */
	hasEnded = false;
	/** Why no more will come, where that isn't the end. */
	failure?: ImageFailure;
	/** Where the windows lie, one after the other: what each took for itself would wait for the collector. */
	private memory: Buffer = Buffer.alloc(0);
	/** The chunks that the window was copied from. */
	private spare: Buffer[] = [];

	constructor(private readonly chunks: AsyncIterator<Buffer>) {}

	/** Whether fewer bytes lie ahead than are wanted although more may come. */
	isShortOf(count: number): boolean {
		return !this.hasEnded && this.window.length - this.position < count;
	}

	/** Sees that so many bytes lie ahead, unless it ends before. */
	async reach(count: number): Promise<void> {
		if (!this.isShortOf(count)) return;
		this.spare = [];
		let length = this.window.copy(this.memory, 0, this.position);
		const wanted = Math.max(count, LEAST_WINDOW);
		while (length < wanted) {
			const next = await resultOf(Promise.resolve(this.chunks.next()));
			if (!next.ok) this.failure = told(next.error);
			if (!next.ok || next.value.done) {
				this.hasEnded = true;
				break;
			}
			const chunk = next.value.value;
			this.makeRoom(length, length + chunk.length);
			length += chunk.copy(this.memory, length);
			this.spare.push(chunk);
		}
		this.window = this.memory.subarray(0, length);
		this.position = 0;
	}

	/** For so many bytes, of which the first ones are there. */
	private makeRoom(used: number, wanted: number): void {
		if (wanted <= this.memory.length) return;
		const memory = Buffer.allocUnsafe(Math.max(wanted, 2 * this.memory.length));
		this.memory.copy(memory, 0, 0, used);
		this.memory = memory;
	}

	/** Memory for so many bytes, each time another: that of a chunk which was copied, where one is long enough. */
	memoryFor(bytes: number): Buffer {
		const index = this.spare.findIndex(({ length }) => length >= bytes);
		const [chunk] = index === -1 ? [] : this.spare.splice(index, 1);
		return chunk?.subarray(0, bytes) ?? Buffer.allocUnsafe(bytes);
	}

	/** Passes over byte order marks and white space. Throws an `unreadableAnswer` failure when nothing else comes. */
	async skipBlank(): Promise<void> {
		for (let passed = 0; passed <= MAX_BLANK_BYTES; ) {
			await this.reach(BYTE_ORDER_MARK.length);
			const blank = this.blankAhead();
			if (blank === 0) return;
			this.position += blank;
			passed += blank;
		}
		throw tooLargeAnswer(MAX_BLANK_BYTES);
	}

	/** How many bytes of it lie in the window. */
	private blankAhead(): number {
		const { window, position } = this;
		for (let end = position; ; ) {
			const marked = end + BYTE_ORDER_MARK.length;
			if (WHITE_SPACE.has(window[end])) end += 1;
			else if (BYTE_ORDER_MARK.equals(window.subarray(end, marked))) end = marked;
			else return end - position;
		}
	}
}

/** Whatever else it is, is a defect. */
function told(error: Error): ImageFailure {
	const failure = failureIn(error);
	if (!failure) throw error;
	return failure;
}
