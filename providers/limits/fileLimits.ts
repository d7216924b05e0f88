// Holds a file that a person uploads against what the provider takes, before anything is sent.
import type { ImageProvider } from '../contract';
import { badInput } from '../failure';
import { MEGABYTE } from './megabytes';

/** Throws a badInput failure that names the binary field and the limit. `bytes` is the length of the whole file. */
export function checkFile(
	field: string,
	bytes: number,
	{ name, upload }: Pick<ImageProvider, 'name' | 'upload'>,
): void {
	if (bytes === 0) {
		throw badInput(`The file in "${field}" is empty.`, 'Check the step that makes this file.');
	}
	const max = upload?.maxBytes;
	if (max !== undefined && bytes > max) {
		throw badInput(
			`The file in "${field}" is larger than ${max / MEGABYTE} MB, the most that ${name} takes.`,
			'Make the file smaller.',
		);
	}
}
