// A refusal of the content, and errors that only seem to be one.
import { refusesContent } from '../../../../providers/answers/refusals';
import type { ToldError } from '../../../../providers/answers/toldError';

test.each<[string, ToldError]>([
	['moderation_blocked', { code: 'moderation_blocked' }],
	['content_policy_violation', { code: 'content_policy_violation' }],
	['image_content_policy_violation', { code: 'image_content_policy_violation' }],
	['content_filter', { code: 'content_filter' }],
	['bio_policy', { code: 'bio_policy' }],
	['a type that says it', { type: 'content_policy_violation', code: '400' }],
	['IMAGE_SAFETY', { code: 'IMAGE_SAFETY' }],
	['the safety system', { message: 'Your request was rejected by the safety system.' }],
	['safety filters', { message: 'Blocked by our safety filters' }],
	['content policies', { message: 'This prompt violates our content policies.' }],
	['usage policies', { message: 'It goes against our usage policies.' }],
	['a flag', { message: 'Your prompt was flagged.' }],
	['sensitive content', { message: 'Flagged as sensitive content' }],
	['a code within the words', { message: 'Finish reason: PROHIBITED_CONTENT' }],
	['NSFW', { message: 'NSFW content detected' }],
	['moderation that failed', { message: 'The image did not pass moderation' }],
	['moderation that rejects', { message: 'Moderation rejected the prompt' }],
	['Chinese', { message: '图片包含敏感内容' }],
])('is told by %s', (_rule, error) => {
	expect(refusesContent(error)).toBe(true);
});

test.each<[string, ToldError]>([
	[
		'an unknown parameter',
		{ code: 'unknown_parameter', message: "Unknown parameter: 'moderation'." },
	],
	[
		'a value of the setting',
		{ code: 'invalid_value', param: 'moderation', message: "Invalid value: 'high'." },
	],
	['a value, in words', { message: "Invalid value for 'moderation': must be auto or low." }],
	['a value, without quotes', { message: 'moderation must be one of auto, low' }],
	['a setting of the tool', { code: 'x', param: 'tools[0].moderation', message: 'Not this.' }],
	['a code of the setting', { code: 'invalid_moderation', message: 'Not this.' }],
	['the identifier of a person', { code: 'invalid_safety_identifier', message: 'Too long.' }],
	['the identifier, in words', { message: "Invalid type for 'safety_identifier'." }],
	['a model', { type: 'image_generation_user_error', message: 'The model `x` does not exist.' }],
	[
		'an organization',
		{ type: 'image_generation_user_error', message: 'Your organization must be verified.' },
	],
	['a header', { message: 'The file is case-sensitive.' }],
	['nothing', {}],
])('is not told by an error about %s', (_rule, error) => {
	expect(refusesContent(error)).toBe(false);
});
