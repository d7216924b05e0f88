// The one failure type: what happened, what to do about it, and everything that helps to find the work again.

export type FailureKind =
	| 'auth'
	| 'badInput'
	| 'badRequest'
	| 'balance'
	| 'cancelled'
	| 'conflict'
	| 'costLimit'
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
	/** The provider's own word on whether to send the same request again, or that it would come to the same. */
	shouldRetry?: boolean;
	/** True when the request surely never reached the provider. */
	nothingSent?: boolean;
	/** The provider's own account of what was used, where it tells that of work that gave no image. */
	usage?: Record<string, unknown>;
	/** True when the provider itself says that it didn't take the request, such as when it is busy. */
	notTaken?: boolean;
	/** True when the provider has taken another request under the same idempotency key before. */
	keyTaken?: boolean;
	/** True when the provider says that it could not fetch an input image from its address. */
	unfetched?: boolean;
	/** The person's own name for the order that failed. */
	orderReference?: string;
	/**
	 * Whether what was asked for may have been charged, where that doesn't follow from what became of the request: false
	 * where the provider takes nothing for a task that ended without images.
	 */
	mayBeCharged?: boolean;
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

	/** The same failure, of an order that has a name of the person's own. */
	withReference(orderReference: string | undefined): ImageFailure {
		return orderReference === undefined || this.details.orderReference !== undefined
			? this
			: new ImageFailure({ ...this.details, orderReference });
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
