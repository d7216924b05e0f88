// Finds out whether a picture is there to its end, while its bytes go by in chunks of any length. What stands behind its
// end does no harm: phones put a film there.
import type { ImageFacts } from '../../../providers/contract';

export interface EndFinder {
	/** To be told of all bytes, in order. */
	take(chunk: Buffer): void;
	/** Whether the picture is whole with what has come so far. */
	isComplete(): boolean;
}

/** Enough for an SVG's closing tag and the white space behind it. */
const TAIL_BYTES = 1024;

/** For a file of unknown type nothing is known of its end: then any will do. */
export function endFinder(type: ImageFacts['type']): EndFinder {
	if (type === 'svg') return svgEnd();
	return type === 'unknown' ? anyEnd : walked(WALKS[type]());
}

const anyEnd: EndFinder = { take: () => undefined, isComplete: () => true };

/** What a walk asks for next: some bytes to look at, to pass over some, or to pass over all up to a JPEG's marker. */
type Step = { read: number } | { skip: number } | { marker: true };
/** It ends where the picture ends. */
type Walk = Generator<Step, void, Buffer>;

const WALKS = { png, jpeg, gif, webp, avif: boxes, heic: boxes };

/** PNG, second edition, 5.3: chunks of a length, a name, that many bytes and a checksum, up to IEND. */
function* png(): Walk {
	yield { skip: 8 };
	for (let name = ''; name !== 'IEND'; ) {
		const head = yield { read: 8 };
		name = head.toString('latin1', 4);
		yield { skip: head.readUInt32BE(0) + 4 };
	}
}

/** ITU T.81, B.1: segments behind markers, which are passed over by their length, thumbnails in them too, and scans. */
function* jpeg(): Walk {
	yield { skip: 2 };
	while ((yield { marker: true })[0] !== END_OF_JPEG) {
		const length = (yield { read: 2 }).readUInt16BE(0);
		yield { skip: Math.max(0, length - 2) };
	}
}

const END_OF_JPEG = 0xd9;

/**
 * Whether a byte behind 0xff makes it a marker with something behind it. Within a scan, which has no length, it is 0 or a
 * restart; 0xff may be repeated as padding.
 */
function isMarker(byte: number): boolean {
	return byte > 0x01 && byte < 0xff && (byte < 0xd0 || byte > 0xd8);
}

/** GIF89a, 15 to 27: blocks, each with sub-blocks up to an empty one, up to the trailer. */
function* gif(): Walk {
	const screen = yield { read: 13 };
	yield { skip: colourTableBytes(screen[10]!) };
	for (;;) {
		const kind = (yield { read: 1 })[0]!;
		if (kind === 0x21) yield { skip: 1 };
		else if (kind === 0x2c) yield { skip: colourTableBytes((yield { read: 9 })[8]!) + 1 };
		// The trailer, or what is no block of a GIF.
		else return;
		for (let length = 1; length > 0; ) {
			length = (yield { read: 1 })[0]!;
			yield { skip: length };
		}
	}
}

function colourTableBytes(packed: number): number {
	return packed & 0x80 ? 3 * 2 ** ((packed & 7) + 1) : 0;
}

/** RFC 9649, 2.3: the file's length stands in its head. */
function* webp(): Walk {
	const head = yield { read: 12 };
	yield { skip: Math.max(0, head.readUInt32LE(4) - 4) };
}

/** ISO/IEC 14496-12, 4.2: boxes with a length and a name each. `meta` or `moov` describes what `mdat` holds. */
function* boxes(): Walk {
	const seen = new Set<string>();
	const isWhole = () => seen.has('mdat') && (seen.has('meta') || seen.has('moov'));
	while (!isWhole()) {
		const head = yield { read: 8 };
		const name = head.toString('latin1', 4);
		// What has no name of a box is no part of the picture.
		if (!/^[\x20-\x7e]{4}$/.test(name)) return;
		seen.add(name);
		const length = head.readUInt32BE(0);
		// A box without a length goes on to the end of the file.
		if (length === 0 && isWhole()) return;
		if (length === 0) yield { skip: Infinity };
		else if (length !== 1) yield { skip: Math.max(0, length - 8) };
		else yield { skip: Math.max(0, Number((yield { read: 8 }).readBigUInt64BE(0)) - 16) };
	}
}

/** Takes the steps of a walk through the bytes as they come. */
function walked(walk: Walk): EndFinder {
	let next = walk.next();
	/** What has come of the bytes that are to be looked at. */
	let begun: Buffer = Buffer.alloc(0);
	let isBehindFf = false;

	/** Goes on from a place in the chunk with what is asked for, and answers up to where it was used. */
	function use(chunk: Buffer, from: number): number {
		const step = next.value as Step;
		if ('marker' in step) return toMarker(chunk, from);
		if ('skip' in step) {
			const used = Math.min(step.skip, chunk.length - from);
			step.skip -= used;
			if (step.skip === 0) next = walk.next();
			return from + used;
		}
		const to = Math.min(from + step.read - begun.length, chunk.length);
		const read = chunk.subarray(from, to);
		begun = begun.length === 0 ? read : Buffer.concat([begun, read]);
		if (begun.length === step.read) {
			const whole = begun;
			begun = Buffer.alloc(0);
			next = walk.next(whole);
		}
		return to;
	}

	function toMarker(chunk: Buffer, from: number): number {
		for (let at = from; at < chunk.length; at++) {
			if (!isBehindFf) at = chunk.indexOf(0xff, at);
			if (at === -1) return chunk.length;
			const byte = chunk[at]!;
			if (isBehindFf && isMarker(byte)) {
				isBehindFf = false;
				next = walk.next(Buffer.of(byte));
				return at + 1;
			}
			isBehindFf = byte === 0xff;
		}
		return chunk.length;
	}

	/** Passing over nothing needs no byte. */
	function leaveEmptySteps(): void {
		while (!next.done && 'skip' in next.value && next.value.skip === 0) next = walk.next();
	}

	return {
		take: (chunk) => {
			for (let at = 0; at < chunk.length && !next.done; leaveEmptySteps()) at = use(chunk, at);
		},
		isComplete: () => next.done === true,
	};
}

/** A text is read to its end by nobody here: its last tag tells enough. */
function svgEnd(): EndFinder {
	let tail: Buffer = Buffer.alloc(0);
	return {
		take: (chunk) => {
			tail = Buffer.concat([tail, chunk.subarray(-TAIL_BYTES)]).subarray(-TAIL_BYTES);
		},
		isComplete: () => {
			const text = tail.toString('latin1');
			return /<\/(svg:)?svg\s*>/i.test(text) || /<(svg:)?svg[^<>]*\/>\s*$/i.test(text);
		},
	};
}
