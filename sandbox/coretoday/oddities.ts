// Odd forms of Core.Today's honest answers, by name: what its documents leave open, and what broken servers have sent.
import type { Oddities } from '../faults/misbehave';
import type { Answer } from '../http/answer';

type Json = Record<string, unknown>;

/** A whole picture of 1 x 1 pixels. */
const PICTURE =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const LONE_SURROGATE = '\ud800';
const json = { 'content-type': 'application/json; charset=utf-8' };

export const coreTodayOddities: Oddities = {
	'no-status': changed((prediction) => ({ ...prediction, status: undefined })),
	'odd-status': changed((prediction) => ({ ...prediction, status: 3 })),
	'numeric-id': eachId((id) => Number(numberOf(id))),
	'surrogate-id': eachId((id) => `${id}${LONE_SURROGATE}`),
	microseconds: changed((prediction) => ({ ...prediction, created_at: Date.now() * 1000 })),
	'cut-after-id': cutAfterId,
	'error-200': () => ({ status: 200, body: { error: 'It went wrong.' } }),

	'url-objects': eachResult((links) => links.map((url) => ({ url }))),
	'null-entry': eachResult((links) => [null, ...links]),
	'bare-text': eachResult(([first]) => first),
	'url-object': eachResult(([url]) => ({ url })),
	'images-object': eachResult((images) => ({ images })),
	'relative-urls': eachResult((links) => links.map((link) => new URL(link).pathname)),
	'data-uri': eachResult((links) => links.map(() => `data:image/png;base64,${PICTURE}`)),
	'unreadable-results': eachResult((links) => links.map(() => 5)),
};

export const oddityHelp: ReadonlyArray<readonly [string, string]> = [
	['create=200 odd=NAME', Object.keys(coreTodayOddities).join(', ')],
];

/** The IDs under which a prediction is asked for when it was told in an odd form. */
export function otherIdsOf(id: string): string[] {
	return [numberOf(id), `${id}\ufffd`];
}

/** A whole number that stands for the ID, and that JSON doesn't round. */
function numberOf(id: string): string {
	return String(Number.parseInt(id.replace(/^.*_/, '').slice(0, 12), 16));
}

function changed(change: (prediction: Json) => Json): (answer: Answer) => Answer {
	return (answer) => ({ ...answer, body: change(answer.body as Json) });
}

/** In either dialect. */
function eachId(change: (id: string) => unknown): (answer: Answer) => Answer {
	return changed((prediction) => {
		const name = prediction.job_id === undefined ? 'id' : 'job_id';
		return { ...prediction, [name]: change(String(prediction[name])) };
	});
}

/** In either dialect; one that has no results yet stays as it is. */
function eachResult(change: (links: string[]) => unknown): (answer: Answer) => Answer {
	return changed((prediction) => {
		const name = prediction.job_id === undefined ? 'output' : 'result';
		const value = prediction[name];
		if (value === undefined || value === null) return prediction;
		return { ...prediction, [name]: change([value].flat() as string[]) };
	});
}

/** As a server sends it that ends its answer too early, but properly: nothing on the way notices. */
function cutAfterId(answer: Answer): Answer {
	const [[name, id] = []] = Object.entries(answer.body as Json);
	const text = JSON.stringify({ [String(name)]: id });
	return { ...answer, headers: { ...answer.headers, ...json }, body: `${text.slice(0, -1)},"sta` };
}
