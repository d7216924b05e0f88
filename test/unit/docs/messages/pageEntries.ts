// The messages that a page of troubleshooting explains, and which of the shown ones each of them is.
import { GAP } from './texts';

const ENTRY = /^- `(.+)`$/gm;

export function entriesOf(page: string): string[] {
	return [...page.matchAll(ENTRY)].map(([, text]) => text!);
}

/**
 * The shown text that an entry is for: of those that it may be, the one with the most letters of its own. An entry may say
 * more than the shown text has fixed: a word in the place of a gap.
 */
export function explained(entry: string, shown: readonly string[]): string | undefined {
	if (shown.includes(entry)) return entry;
	return shown
		.filter((text) => patternOf(text).test(entry))
		.toSorted((a, b) => lettersIn(b) - lettersIn(a))[0];
}

function patternOf(text: string): RegExp {
	const fixed = text.split(GAP).map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
	return new RegExp(`(?:^|: )${fixed.join('.*?')}$`, 's');
}

function lettersIn(text: string): number {
	return text.replace(/\P{L}/gu, '').length;
}
