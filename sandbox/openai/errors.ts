// OpenAI's error shape, and the refusals that several routes share.
import type { Answer } from '../http/answer';

export interface OpenAIErrorDetails {
	code?: string | null;
	type?: string;
	param?: string | null;
	/** Further fields of the error object, such as moderation_details. */
	more?: Record<string, unknown>;
	headers?: Record<string, string>;
}

interface Kind {
	type: string;
	code: string | null;
	message: string;
}

const invalidRequest = 'invalid_request_error';

const kinds: Record<number, Kind> = {
	400: { type: invalidRequest, code: null, message: 'The request is not valid.' },
	401: { type: invalidRequest, code: 'invalid_api_key', message: 'Incorrect API key provided.' },
	403: { type: invalidRequest, code: null, message: 'This key may not do that.' },
	404: { type: invalidRequest, code: null, message: 'There is nothing at this address.' },
	409: { type: 'conflict_error', code: null, message: 'The resource is being changed.' },
	413: { type: invalidRequest, code: null, message: 'The request is too large.' },
	429: {
		type: 'requests',
		code: 'rate_limit_exceeded',
		message: 'Rate limit reached on requests per minute. Please try again later.',
	},
	500: {
		type: 'server_error',
		code: null,
		message: 'The server had an error while processing your request.',
	},
	503: {
		type: 'service_unavailable_error',
		code: 'server_overloaded',
		message: 'The engine is currently overloaded, please try again later.',
	},
};

const unknownKind: Kind = { type: 'server_error', code: null, message: 'Something went wrong.' };

function kindOf(status: number): Kind {
	return kinds[status] ?? kinds[status < 500 ? 400 : 500] ?? unknownKind;
}

export class OpenAIError extends Error {
	constructor(
		readonly status: number,
		message?: string,
		readonly details: OpenAIErrorDetails = {},
	) {
		super(message ?? kindOf(status).message);
	}

	/** The object under "error". */
	json(): Record<string, unknown> {
		const { type, code, param, more } = this.details;
		const kind = kindOf(this.status);
		return {
			message: this.message,
			type: type ?? kind.type,
			param: param ?? null,
			code: code === undefined ? kind.code : code,
			...more,
		};
	}
}

export function errorAnswer(error: OpenAIError): Answer {
	return {
		status: error.status,
		headers: error.details.headers,
		body: { error: error.json() },
	};
}

export function invalid(message: string, code: string, param: string): OpenAIError {
	return new OpenAIError(400, message, { code, param });
}

export function quotaUsedUp(): OpenAIError {
	return new OpenAIError(
		429,
		'You exceeded your current quota, please check your plan and billing details.',
		{ type: 'insufficient_quota', code: 'insufficient_quota' },
	);
}

export function modelNotFound(model: string): OpenAIError {
	return new OpenAIError(
		404,
		`The model \`${model}\` does not exist or you do not have access to it.`,
		{ code: 'model_not_found' },
	);
}

/** The same where one model is looked up. */
export function noSuchModel(id: string): OpenAIError {
	return new OpenAIError(404, `The model '${id}' does not exist`, {
		code: 'model_not_found',
		param: 'model',
	});
}

/** The same in the words of the Responses API. */
export function requestedModelNotFound(model: string): OpenAIError {
	return new OpenAIError(404, `The requested model '${model}' does not exist.`, {
		code: 'model_not_found',
		param: 'model',
	});
}

/** The same for the model of an image tool. */
export function toolModelNotFound(model: string): OpenAIError {
	return new OpenAIError(400, `The model '${model}' does not exist.`, {
		type: 'image_generation_user_error',
		code: 'invalid_value',
		param: 'tools',
	});
}

export function modelGone(model: string): OpenAIError {
	return new OpenAIError(
		404,
		`The model \`${model}\` has been shut down. See https://platform.openai.com/docs/deprecations for what to use instead.`,
		{ code: 'model_not_found' },
	);
}

export function notVerified(model: string): OpenAIError {
	return new OpenAIError(
		403,
		`Your organization must be verified to use the model \`${model}\`. Please go to https://platform.openai.com/settings/organization/general and click on Verify Organization.`,
		{ code: null },
	);
}

export type ModerationStage = 'input' | 'output';

export function moderationBlocked(stage: ModerationStage): OpenAIError {
	return new OpenAIError(
		400,
		'Your request was rejected by the safety system. If you believe this is an error, contact support.',
		{
			type: 'image_generation_user_error',
			code: 'moderation_blocked',
			more: {
				moderation_details: {
					moderation_stage: stage,
					categories: stage === 'input' ? ['violence'] : ['violence', 'graphic_violence'],
				},
			},
		},
	);
}
