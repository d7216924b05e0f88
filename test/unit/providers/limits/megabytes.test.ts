// How many megabytes a message tells.
import { MEGABYTE, megabytesOf } from '../../../../providers/limits/megabytes';

test.each<[number, string]>([
	[0, '0.0'],
	[1, '0.1'],
	[MEGABYTE, '1.0'],
	[MEGABYTE + 1, '1.1'],
	[50 * MEGABYTE, '50.0'],
	[50 * MEGABYTE + 1, '50.1'],
])('%i bytes are %s MB', (bytes, text) => {
	expect(megabytesOf(bytes)).toBe(text);
});
