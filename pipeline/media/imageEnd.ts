// Finds out whether a picture is there to its end, while its bytes go by in chunks of any length. What stands behind its
// end does no harm: phones put a film there.
import type { ImageFacts } from '../../providers/contract';

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

/** What a walk asks for next: some bytes to look at, to pass over some, or to pass over all up to a byte. */
type Step = { read: number } | { skip: number } | { upTo: number };
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

/**
 * ITU T.81, B.1: segments behind markers, which are passed over by their length, thumbnails in them too, and scans. A
 * scan has no length, but in it 0xff is followed by 0 or a restart marker; such bytes are passed over here like those
 * that nobody knows.
 */
function* jpeg(): Walk {
	yield { skip: 2 };
	for (;;) {
		yield { upTo: 0xff };
		let marker = 0xff;
		// 0xff may be repeated as padding.
		while (marker === 0xff) marker = (yield { read: 1 })[0]!;
		if (marker === 0xd9) return;
		const isAlone = marker <= 0x01 || (marker >= 0xd0 && marker <= 0xd8);
		if (isAlone) continue;
		const length = (yield { read: 2 }).readUInt16BE(0);
		yield { skip: Math.max(0, length - 2) };
	}
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
	let begun: Buffer = Buffer.alloc(0);

	/** Goes on with what is asked for, and answers how many bytes of the chunk were used. */
	function use(chunk: Buffer): number {
		const step = next.value as Step;
		if ('upTo' in step) {
			const at = chunk.indexOf(step.upTo);
			if (at === -1) return chunk.length;
			next = walk.next();
			return at + 1;
		}
		if ('skip' in step) {
			const used = Math.min(step.skip, chunk.length);
			step.skip -= used;
			if (step.skip === 0) next = walk.next();
			return used;
		}
		const used = Math.min(step.read - begun.length, chunk.length);
		begun = Buffer.concat([begun, chunk.subarray(0, used)]);
		if (begun.length < step.read) return used;
		const whole = begun;
		begun = Buffer.alloc(0);
		next = walk.next(whole);
		return used;
	}

	/** What is passed over by no bytes needs none. */
	function settleEmptySteps(): void {
		while (!next.done && 'skip' in next.value && next.value.skip === 0) next = walk.next();
	}

	return {
		take: (chunk) => {
			for (let left = chunk; left.length > 0 && !next.done; settleEmptySteps()) {
				left = left.subarray(use(left));
			}
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
