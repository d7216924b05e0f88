// Tells a refusal of the content from an error that only speaks of it, such as one about the setting called moderation.
import type { ToldError } from './toldError';

const CODE =
	/moderation|content_?(policy|filter|violation|blocked)|policy_violation|bio_policy|safety|sensitive|prohibited_content|nsfw/i;
/** Codes about a setting, whatever it is called. */
const CODE_OF_SETTING =
	/^(invalid|unknown|unsupported|missing|unrecognized|unexpected|deprecated)_|_(parameter|param|value|type|argument|field)$|identifier/i;
/** Settings that are called after the check. */
const SETTING = /(^|[.\]])(moderation|safety_\w+|enable_safety_checker)$/i;
const WORDS_OF_SETTING =
	/['"`](moderation|safety_\w+)['"`]|\b(moderation|safety_\w+)\b[^.]{0,20}\b(must|should|expected|not (supported|allowed|permitted|valid)|is not (a|one))\b/i;

/** A message speaks of more than a code does, so that it must say it more clearly. */
const WORDS = new RegExp(
	[
		/\b(safety|moderation|content|usage)[ _-]?(system|filter\w*|check\w*|polic(y|ies)|guidelines?|violation)\b/,
		/\b(sensitive|prohibited|explicit|inappropriate|harmful|unsafe)\b.{0,20}\b(content|material|words?|images?|prompts?)\b/,
		/(prohibited|blocked|sensitive|inappropriate|unsafe)_(content|words?)/,
		/\bnsfw\b/,
		/\bflagged\b.{0,20}\b(as|by|for)\b|\b(prompt|request|content|input|image)s?\b.{0,30}\bflagged\b/,
		/\b(moderat\w+|safety)\b.{0,40}\b(block|reject|refus|fail|denied|violat|flag)/,
		/(\b(block|reject|refus|denied|violat|fail|flag|not pass)|n['’]t pass)\w*\b.{0,60}\b(moderation|safety|polic(y|ies))\b/,
		/敏感|违规|違規|审核未通过/,
	]
		.map(({ source }) => source)
		.join('|'),
	'i',
);

/** Whether an error says, by its code or its words, that the content was refused. */
export function refusesContent(error: ToldError): boolean {
	return refusesByCode(error) || refusesInWords(error);
}

/** What a code says counts whatever the status is. */
export function refusesByCode({ code = '', type = '', param = '' }: ToldError): boolean {
	if (SETTING.test(param)) return false;
	return [code, type].some((each) => CODE.test(each) && !CODE_OF_SETTING.test(each));
}

export function refusesInWords({ message = '', param = '', code = '' }: ToldError): boolean {
	if (SETTING.test(param) || CODE_OF_SETTING.test(code)) return false;
	return WORDS.test(message) && !WORDS_OF_SETTING.test(message);
}
