// The one picture that the server has: a PNG of noise that is the same in every run, written by hand.
import { crc32, deflateSync } from 'node:zlib';

const SIDE = 48;

function chunk(type: string, data: Buffer): Buffer {
	const named = Buffer.concat([Buffer.from(type), data]);
	const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
	length.writeUInt32BE(data.length);
	check.writeUInt32BE(crc32(named));
	return Buffer.concat([length, named, check]);
}

function pixels(): Buffer {
	const rows = Buffer.alloc(SIDE * (1 + SIDE * 3));
	let state = 1;
	for (let at = 0; at < rows.length; at++) {
		state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
		// Each row begins with its filter, which is none.
		rows[at] = at % (1 + SIDE * 3) === 0 ? 0 : state >>> 24;
	}
	return rows;
}

const head = Buffer.alloc(13);
head.writeUInt32BE(SIDE, 0);
head.writeUInt32BE(SIDE, 4);
// Eight bits for each of three colours.
head.set([8, 2], 8);

export const PICTURE = Buffer.concat([
	Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'),
	chunk('IHDR', head),
	chunk('IDAT', deflateSync(pixels())),
	chunk('IEND', Buffer.alloc(0)),
]);
