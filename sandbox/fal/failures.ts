// How a model's run can fail, by the type that a fault names: status, words and shape as fal has them.
import { FalError, problem } from './errors';

const RUNNER: Record<string, readonly [number, string]> = {
	request_timeout: [504, 'Request timed out'],
	startup_timeout: [504, 'The runner did not start in time.'],
	runner_scheduling_failure: [503, 'No runner could be scheduled.'],
	generation_timeout: [504, 'The generation took too long.'],
	runner_server_error: [500, 'The runner failed.'],
	internal_server_error: [500, 'Internal server error'],
	runner_incomplete_response: [502, 'The runner answered only in part.'],
	runner_connection_timeout: [503, 'The runner did not answer.'],
	runner_connection_disconnected: [503, 'The runner went away.'],
	runner_connection_refused: [503, 'The runner refused the connection.'],
	runner_connection_error: [503, 'The runner could not be reached.'],
	downstream_service_error: [400, 'A service that the model uses refused the request.'],
	downstream_service_unavailable: [500, 'A service that the model uses is not available.'],
	client_cancelled: [499, 'The request was cancelled by the client.'],
	client_disconnected: [499, 'The client went away.'],
};

const MODEL: Record<string, string> = {
	content_policy_violation:
		'The content could not be processed because it was flagged by a content checker.',
	no_media_generated: 'The model made no image. Try another prompt.',
	image_too_small: 'The image is too small.',
	image_too_large: 'The image is too large.',
	image_load_error: 'The image could not be read.',
	unsupported_image_format: 'The format of the image is not supported.',
	file_download_error: 'The file could not be downloaded.',
	file_too_large: 'The file is too large.',
	face_detection_error: 'No face was found.',
	feature_not_supported: 'The feature is not supported.',
};

/** Any other word is taken for a message of the platform without a type. */
export function failureOf(type: string): FalError {
	const [status, message] = RUNNER[type] ?? [];
	if (status !== undefined && message !== undefined) {
		const headers: Record<string, string> =
			type === 'request_timeout' ? { 'x-fal-request-timeout-type': 'user' } : {};
		return new FalError(status, message, { type, headers });
	}
	const words = MODEL[type];
	if (words === undefined) return new FalError(500, `The model failed: ${type}`);
	const categories = type === 'content_policy_violation' && { ctx: { extra_info: {} } };
	return new FalError(422, [problem(['body', 'prompt'], type, words, categories || {})]);
}

export function cancelled(): FalError {
	return failureOf('client_cancelled');
}
