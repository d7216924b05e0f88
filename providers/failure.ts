// The one failure type: what happened, what to do about it, and everything that helps to find the work again.

export type FailureKind =
	| 'auth'
	| 'badInput'
	| 'badRequest'
	| 'balance'
	| 'cancelled'
	| 'download'
	| 'forbidden'
	| 'modelGone'
	| 'moderation'
	| 'network'
	| 'noImage'
	| 'notFound'
	| 'outcomeUnknown'
	| 'providerDown'
	| 'rateLimit'
	| 'taskFailed'
	| 'timeLimit'
	| 'tooLarge'
	| 'unreadableAnswer';

export interface FailureDetails {
	kind: FailureKind;
	/** What happened, in one sentence. */
	message: string;
	/** What the person can do about it. */
	advice: string;
	/** HTTP status, where there was an answer. */
	status?: number;
	/** The provider's own error code. */
	code?: string;
	/** The provider's id of the request, for its support. */
	requestId?: string;
	/** The task that the failure belongs to: with it, paid work is found again. */
	taskId?: string;
	/** How long the provider asks us to wait. */
	retryAfterSeconds?: number;
	/** The first 500 characters of an answer that could not be read. */
	excerpt?: string;
	/** The provider's own word on whether to send the same request again. */
	shouldRetry?: boolean;
	/** True when the request surely never reached the provider. */
	nothingSent?: boolean;
	/** The provider's own account of what was used, where it tells that of work that gave no image. */
	usage?: Record<string, unknown>;
	/** True when the provider itself says that it didn't take the request, such as when it is busy. */
	notTaken?: boolean;
}

/** A failure with a kind. The node turns it into n8n's own error. */
export class ImageFailure extends Error {
	constructor(readonly details: FailureDetails) {
		super(details.message);
		this.name = 'ImageFailure';
	}

	/** The same failure, tied to the task that it belongs to. */
	withTask(taskId: string): ImageFailure {
		return this.details.taskId ? this : new ImageFailure({ ...this.details, taskId });
	}
}

/** What the person put in doesn't fit, and nothing has been sent. */
export function badInput(message: string, advice: string): ImageFailure {
	return new ImageFailure({ kind: 'badInput', message, advice });
}

/** A picture that could not be fetched. The task and its other images are not touched by it. */
export function downloadFailure(details: {
	message: string;
	advice: string;
	status?: number;
}): ImageFailure {
	return new ImageFailure({ kind: 'download', ...details });
}
