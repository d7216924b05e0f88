// Sizes of files, as limits count them and as messages tell them.

export const MEGABYTE = 1024 * 1024;

/** With one decimal, and rounded up, so that a file just over a limit isn't said to be as large as is allowed. */
export function megabytesOf(bytes: number): string {
	return (Math.ceil((bytes / MEGABYTE) * 10) / 10).toFixed(1);
}
