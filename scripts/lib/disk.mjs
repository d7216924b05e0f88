// Checks that there is room before something large is fetched.
import { statfs } from 'node:fs/promises';

import { ClearError } from './say.mjs';

const GIGABYTE = 1024 ** 3;

/** Throws a ClearError when the disk that holds a folder has less free space than needed. */
export async function needSpace(folder, neededGigabytes, what) {
	const { bavail, bsize } = await statfs(folder);
	const free = bavail * bsize;
	if (free >= neededGigabytes * GIGABYTE) return;
	const freeText =
		free < GIGABYTE ? `${Math.round(free / 1024 ** 2)} MB` : `${(free / GIGABYTE).toFixed(1)} GB`;
	throw new ClearError(
		`${what} needs about ${neededGigabytes} GB of disk space, and only ${freeText} is free ` +
			`where this project lies (${folder}). Free some space, or move the project to a larger disk, and run the command again.`,
	);
}
