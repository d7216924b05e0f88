// Answers, requests and caught failures for the tests of everything that is pure.
import type { HttpAnswer, ImageFacts, ImageRequest, InputImage } from '../../../providers/contract';
import { ImageFailure, type FailureDetails } from '../../../providers/failure';

export const RECEIVED_AT = new Date('2026-11-20T12:00:00Z');

/** An answer with status 200 and an empty body, to a request that names a model, where nothing else is said. */
export function answerWith(parts: Partial<HttpAnswer>): HttpAnswer {
	return {
		status: 200,
		headers: {},
		body: {},
		receivedAt: RECEIVED_AT,
		namesModel: true,
		...parts,
	};
}

/** A request for one image, made of a prompt only, where nothing else is said. */
export function requestWith(parts: Partial<ImageRequest>): ImageRequest {
	return { model: 'gpt-image-2', prompt: 'A red fox', count: 1, references: [], ...parts };
}

/** A reference image or mask that has been looked at. */
export function imageWith(label: string, facts: Partial<ImageFacts> = {}): InputImage {
	return { label, facts: { type: 'png', bytes: 1000, width: 64, height: 64, ...facts } };
}

/** What the failure says that the action must throw. */
export function failureOf(action: () => unknown): FailureDetails {
	try {
		action();
	} catch (error) {
		if (error instanceof ImageFailure) return error.details;
		throw error;
	}
	throw new Error('An ImageFailure was expected, but nothing was thrown.');
}

export type Refusal = [
	rule: string,
	request: Partial<ImageRequest>,
	message: string,
	advice: string,
];

/** One test for each row: the check must refuse the request with exactly this message and advice. */
export function refusals(check: (request: ImageRequest) => void, rows: Refusal[]): void {
	test.each(rows)('%s', (_rule, request, message, advice) => {
		const failure = failureOf(() => check(requestWith(request)));
		expect(failure).toEqual({ kind: 'badInput', message, advice });
	});
}
