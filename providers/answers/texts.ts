// Texts from answers, which may be of any length, as far as a person or a rule looks at them.

/** What a person is shown of a message. */
const SHOWN_CHARACTERS = 500;
/** What a rule looks at to tell what a message means. */
export const JUDGED_CHARACTERS = 1000;
/** What is kept of a code, a type or the name of a setting. */
export const LONGEST_NAME = 200;

const HALF_A_CHARACTER = /[\ud800-\udbff]$/;
/** At a cut: it may be the beginning of a secret, of which the rest is gone, so that it could not be hidden any more. */
const HALF_A_WORD = /(?<=[^\w+/=.-])[\w+/=.-]{1,200}$/;
const WRITTEN_PICTURE = /(data:[\w/+.-]{0,60};base64,)[\w+/=-]{20,}/g;

/** The beginning of a text, with a mark where it was cut. */
export function shortened(text: string, max = SHOWN_CHARACTERS): string {
	return text.length <= max ? text : `${beginningOf(text, max - 1)}…`;
}

/** As many of a text's characters, without what was cut in two. */
export function beginningOf(text: string, max: number): string {
	if (text.length <= max) return text;
	return text.slice(0, max).replace(HALF_A_CHARACTER, '').replace(HALF_A_WORD, '');
}

/** A message as a person is shown it: short, and without pictures that are written into it. */
export function shownText(text: string): string {
	const judged = shortened(text, JUDGED_CHARACTERS);
	return shortened(judged.replace(WRITTEN_PICTURE, '$1…'));
}

/** What the provider itself says to do, to stand behind our own advice. */
export function suggested(provider: string, suggestion: string | undefined): string {
	return suggestion ? ` ${provider} suggests: ${shownText(suggestion)}` : '';
}
