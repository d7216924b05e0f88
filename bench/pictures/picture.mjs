// Pictures of any size, each different: a tiny PNG with two chunks of its own, one with its number, one with noise.
import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';

export const MEGABYTE = 1024 ** 2;

const PIXEL = Buffer.from(
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
	'base64',
);
/** Behind the signature and the head of the picture. */
const BEGIN = 33;
const NOISE_CHUNK = 'noIs';
const NUMBER_CHUNK = 'nuMb';
/** Makes what comes before the noise divisible by 3, so that base64 may be made of both apart. */
const NUMBER_BYTES = 6;
const AROUND_A_CHUNK = 12;

const word = (value) => {
	const bytes = Buffer.alloc(4);
	bytes.writeUInt32BE(value >>> 0);
	return bytes;
};

let noise = Buffer.alloc(0);
function noiseOf(length) {
	if (noise.length < length) {
		noise = Buffer.alloc(length);
		// The same in every process, and incompressible enough: what is measured isn't compression.
		const piece = createHash('shake256', { outputLength: MEGABYTE }).update('noise').digest();
		for (let at = 0; at < length; at += MEGABYTE) piece.copy(noise, at);
	}
	return noise.subarray(0, length);
}

function chunkOf(type, content) {
	const named = Buffer.from(type);
	return [word(content.length), named, content, word(crc32(content, crc32(named)))];
}

function numbered(number) {
	const content = Buffer.alloc(NUMBER_BYTES);
	content.writeUInt32BE(number);
	return Buffer.concat(chunkOf(NUMBER_CHUNK, content));
}

const sameParts = new Map();
function samePartsOf(megabytes) {
	if (!sameParts.has(megabytes)) {
		const others = PIXEL.length + 2 * AROUND_A_CHUNK + NUMBER_BYTES;
		const noise = chunkOf(NOISE_CHUNK, noiseOf(megabytes * MEGABYTE - others));
		sameParts.set(megabytes, [...noise, PIXEL.subarray(BEGIN)]);
	}
	return sameParts.get(megabytes);
}

/** The picture in pieces; all but the first are the same in each picture of a size. */
export const pictureParts = (number, megabytes) => [
	Buffer.concat([PIXEL.subarray(0, BEGIN), numbered(number)]),
	...samePartsOf(megabytes),
];

export function digestOfPicture(number, megabytes) {
	const hash = createHash('sha256');
	for (const part of pictureParts(number, megabytes)) hash.update(part);
	return hash.digest('hex');
}
