// How large the package is: as it is downloaded, and as it lies on disk.
import { statSync } from 'node:fs';

import { packedPackage } from '../../scripts/lib/build.mjs';
import { run } from '../../scripts/lib/processes.mjs';

const KILOBYTE = 1024;

/**
 * The sizes of the files that `tar --list --verbose` names.
 * @param {string} listing a line for each file, such as `-rw-r--r-- 0/0  1234 1985-10-26 08:15 package/LICENSE`
 */
export function bytesListed(listing) {
	const files = listing.split('\n').filter((line) => line.startsWith('-'));
	return files.reduce((sum, line) => sum + Number(line.split(/\s+/)[2]), 0);
}

/** @returns {Promise<{packed: number, unpacked: number}>} kilobytes */
export async function packageSize() {
	const tarball = await packedPackage();
	const { stdout } = await run('tar', ['--list', '--verbose', '--file', tarball]);
	return { packed: statSync(tarball).size / KILOBYTE, unpacked: bytesListed(stdout) / KILOBYTE };
}
