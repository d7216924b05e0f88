// Gathers a small picture in memory, which later ones use again: fresh memory for each would wait for the collector.
import { MEGABYTE } from '../../../providers/limits/megabytes';

/** Up to so many bytes, a picture as a whole is far less work for n8n's binary store than a stream of it. */
const SMALL_BYTES = MEGABYTE;
/** Memory that is kept for later. */
const MAX_SPARE = 4;

const spare: Buffer[] = [];

export interface Gathered {
	/** The whole picture where it is a small one, else as much of it as fits. */
	beginning: Buffer;
	/** What comes behind the beginning of a large one, before the bytes that haven't been read. */
	next?: Buffer;
	/** To be called when nothing needs the beginning any more. */
	giveBack(): void;
}

/** Throws what the bytes throw. */
export async function gather(bytes: AsyncIterator<Buffer>): Promise<Gathered> {
	const memory = spare.pop() ?? Buffer.allocUnsafeSlow(SMALL_BYTES);
	const giveBack = () => {
		if (spare.length < MAX_SPARE) spare.push(memory);
	};
	for (let length = 0; ; ) {
		const { done, value } = await bytes.next();
		if (done) return { beginning: memory.subarray(0, length), giveBack };
		const chunk: Buffer = value;
		const copied = chunk.copy(memory, length);
		length += copied;
		if (copied < chunk.length) {
			return { beginning: memory, next: chunk.subarray(copied), giveBack };
		}
	}
}
