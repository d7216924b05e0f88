// What EvoLink says beside the codes that its official clients know, and the numbers of its files host.

export const FILE_TOO_LARGE = 40001;
export const FILE_TYPE_NOT_ALLOWED = 40002;
export const FILE_QUOTA_EXCEEDED = 40003;
export const FILE_UNREACHABLE = 40004;

export interface EvoLinkErrorDetails {
	code?: string;
	type?: string;
	param?: string;
	suggestion?: string;
	fallbackSuggestion?: string;
	/** Further fields of the error, such as what the key's limit is. */
	more?: Record<string, unknown>;
	/** The files host counts its own reasons. */
	filesCode?: number;
}

type Refusal = Omit<EvoLinkErrorDetails, 'code'> & { message: string };

const REFUSALS: Readonly<Record<string, Refusal>> = {
	key_quota_exhausted: {
		message: "This API key's spending limit is used up.",
		type: 'insufficient_quota',
		more: {
			key_name: 'production',
			total_limit_credits: 100,
			used_credits: 100,
			remaining_credits: 0,
			account_balance_credits: 5000,
		},
	},
	insufficient_token_quota: {
		message: 'The quota of this token is not enough.',
		type: 'insufficient_quota',
	},
	token_daily_quota_exceeded: {
		message: "This API key's daily limit is used up.",
		type: 'insufficient_quota',
		more: { daily_limit_credits: 10, daily_used_credits: 10, reset_timezone: 'Asia/Shanghai' },
	},
	no_available_channel: {
		message: 'No channel is available for this model.',
		type: 'model_unavailable',
		fallbackSuggestion: 'Use gpt-image-2.5, or try again in a minute.',
	},
	model_unavailable: {
		message: 'This model is unavailable at the moment.',
		type: 'model_unavailable',
		fallbackSuggestion: 'Use gpt-image-2.5.',
	},
	content_policy_violation: {
		message: 'The prompt was blocked by the safety filters.',
		type: 'content_policy_violation',
		param: 'prompt',
		suggestion: 'Leave out names of real people.',
	},
	content_filter: { message: 'The input was blocked.', type: 'content_policy_violation' },
	input_moderation_failed: {
		message: 'The input did not pass the review.',
		type: 'content_policy_violation',
	},
	idempotency_conflict: {
		message: 'This Idempotency-Key was used for a request with another body.',
		param: 'Idempotency-Key',
	},
	key_model_not_allowed: {
		message: 'This key may not use this model.',
		more: { allowed_models: ['gpt-image-2'] },
	},
	key_disabled: { message: 'This API key is disabled.' },
	key_expired: { message: 'This API key has expired.' },
};

/** Codes are an open set. */
export function refusalOf(code: string): Refusal {
	const known = Object.hasOwn(REFUSALS, code) ? REFUSALS[code] : undefined;
	return known ?? { message: `Refused: ${code}.` };
}
