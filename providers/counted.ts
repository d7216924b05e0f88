/** So many things in words: `1 image`, `2,000 images`. */
export function counted(count: number, word: string): string {
	return `${count.toLocaleString('en')} ${word}${count === 1 ? '' : 's'}`;
}
