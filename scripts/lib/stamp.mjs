// Content hashes that say whether a step was already done for exactly these files.
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';

function* filesUnder(path) {
	if (!existsSync(path)) return;
	if (!statSync(path).isDirectory()) {
		yield path;
		return;
	}
	for (const name of readdirSync(path).sort()) yield* filesUnder(join(path, name));
}

/** One hash over the names and contents of files and folders, and over further words. */
export function hashOf(base, paths, words = []) {
	const hash = createHash('sha256');
	for (const path of paths) {
		for (const file of filesUnder(join(base, path))) {
			hash.update(`${relative(base, file)}\0`);
			hash.update(readFileSync(file));
			hash.update('\0');
		}
	}
	for (const word of words) hash.update(`${word}\0`);
	return hash.digest('hex');
}

export function isDone(stampFile, hash) {
	return existsSync(stampFile) && readFileSync(stampFile, 'utf8') === hash;
}

export function markDone(stampFile, hash) {
	mkdirSync(dirname(stampFile), { recursive: true });
	writeFileSync(stampFile, hash);
}

export function forget(stampFile) {
	rmSync(stampFile, { force: true });
}
