// A piece of music for a prompt: a few plain tones as a WAV file, always the same for the same words.
import { hashText, seededRandom } from './random';

/** Little, so that minutes of it stay small. */
const SAMPLES_PER_SECOND = 8_000;
const HEADER_BYTES = 44;
const TONES_PER_SECOND = 2;
/** Of a pentatonic scale, in which all tones go together. */
const SEMITONES = [0, 2, 4, 7, 9, 12];
const LOWEST_HERTZ = 220;
const MIDDLE = 128;
const LOUDEST = 60;

export function playTune(prompt: string, seconds: number): Buffer {
	const random = seededRandom(hashText(prompt));
	const file = Buffer.alloc(HEADER_BYTES + seconds * SAMPLES_PER_SECOND);
	writeHeader(file);
	const toneLength = SAMPLES_PER_SECOND / TONES_PER_SECOND;
	for (let start = HEADER_BYTES; start < file.length; start += toneLength) {
		const semitones = SEMITONES[random.whole(SEMITONES.length)] ?? 0;
		const hertz = LOWEST_HERTZ * 2 ** (semitones / 12);
		for (let sample = 0; sample < toneLength; sample++) {
			const wave = Math.sin((2 * Math.PI * hertz * sample) / SAMPLES_PER_SECOND);
			file[start + sample] = MIDDLE + Math.round(wave * LOUDEST * (1 - sample / toneLength));
		}
	}
	return file;
}

/** One channel of eight bits. */
function writeHeader(file: Buffer): void {
	file.write('RIFF', 0, 'latin1');
	file.writeUInt32LE(file.length - 8, 4);
	file.write('WAVEfmt ', 8, 'latin1');
	file.writeUInt32LE(16, 16);
	file.writeUInt16LE(1, 20);
	file.writeUInt16LE(1, 22);
	file.writeUInt32LE(SAMPLES_PER_SECOND, 24);
	file.writeUInt32LE(SAMPLES_PER_SECOND, 28);
	file.writeUInt16LE(1, 32);
	file.writeUInt16LE(8, 34);
	file.write('data', 36, 'latin1');
	file.writeUInt32LE(file.length - HEADER_BYTES, 40);
}
