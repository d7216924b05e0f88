// Why a response can have failed: OpenAI's document closes this list.
export const RESPONSE_ERROR_CODES = [
	'server_error',
	'rate_limit_exceeded',
	'invalid_prompt',
	'data_residency_mismatch',
	'bio_policy',
	'misalignment_policy_violation',
	'vector_store_timeout',
	'invalid_image',
	'invalid_image_format',
	'invalid_base64_image',
	'invalid_image_url',
	'image_too_large',
	'image_too_small',
	'image_parse_error',
	'image_content_policy_violation',
	'invalid_image_mode',
	'image_file_too_large',
	'unsupported_image_media_type',
	'empty_image_file',
	'failed_to_download_image',
	'image_file_not_found',
] as const;

export type ResponseErrorCode = (typeof RESPONSE_ERROR_CODES)[number];

/** Any other word for a failure is told in the message of a server error. */
export function responseErrorCode(word: string): ResponseErrorCode {
	return RESPONSE_ERROR_CODES.find((code) => code === word) ?? 'server_error';
}
