// Tells a small picture from a large one by reading as much of it as a small one may have.
import { MEGABYTE } from '../../../providers/limits/megabytes';

/** Up to so many bytes, a picture as a whole is far less work for n8n's binary store than a stream of it. */
const SMALL_BYTES = MEGABYTE;

export interface Gathered {
	/** All chunks of a small picture; the first ones of a large one. */
	chunks: Buffer[];
	isSmall: boolean;
}

/** Throws what the bytes throw. */
export async function gather(bytes: AsyncIterator<Buffer>): Promise<Gathered> {
	const chunks: Buffer[] = [];
	for (let length = 0; length <= SMALL_BYTES; ) {
		const { done, value } = await bytes.next();
		if (done) return { chunks, isSmall: true };
		const chunk: Buffer = value;
		chunks.push(chunk);
		length += chunk.length;
	}
	return { chunks, isSmall: false };
}
