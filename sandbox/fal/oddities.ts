// Odd forms of fal's honest answers, by name: what its documents leave open, and what models have been seen to answer.
import type { Oddities } from '../faults/misbehave';
import type { Answer } from '../http/answer';
import { parseJson, writeJson } from './big-json';

type Json = Record<string, unknown>;

/** A whole picture of 1 x 1 pixels. */
const PICTURE =
	'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const FOREIGN = 'http://127.0.0.1:9/stranger';

export const falOddities: Oddities = {
	'no-urls': changed(({ request_id, status }) => ({ request_id, status })),
	'no-id': changed((json) => ({ ...json, request_id: undefined })),
	'foreign-host': changed((json) => ({
		...json,
		status_url: FOREIGN,
		response_url: FOREIGN,
		cancel_url: FOREIGN,
	})),
	'sub-path': changed((json) =>
		withUrls(json, (url) => url.replace('/requests/', '/dev/requests/')),
	),
	'no-status': changed((json) => ({ ...json, status: undefined })),
	'odd-status': changed((json) => ({ ...json, status: 'PAUSED' })),
	'failed-status': changed((json) => ({ ...json, status: 'FAILED', error: 'It went wrong.' })),
	'cancelled-status': changed((json) => ({ ...json, status: 'CANCELLED' })),
	'status-202': (answer) => ({ ...answer, status: 202 }),
	'error-200': () => ({ status: 200, body: { detail: 'It went wrong.' } }),
	'cut-after-id': cutAfterId,

	'one-image': eachPicture(([image]) => ({ image })),
	'null-entry': eachPicture((images) => ({ images: [null, ...images] })),
	'url-list': eachPicture((images) => ({ images: images.map(({ url }) => url) })),
	'bare-url': eachPicture(([image]) => ({ url: image?.url, content_type: 'image/png' })),
	'other-name': eachPicture(([image]) => ({
		rendered_image: { ...image, content_type: 'image/png' },
	})),
	'url-only': eachPicture((images) => ({ images: images.map(({ url }) => ({ url })) })),
	'relative-urls': eachPicture((images) => ({
		images: images.map((image) => ({ ...image, url: new URL(String(image.url)).pathname })),
	})),
	'data-uri': eachPicture((images) => ({
		images: images.map((image) => ({ ...image, url: `data:image/png;base64,${PICTURE}` })),
	})),
	'no-images': eachPicture(() => ({ images: [] })),
	'no-pictures': eachPicture(() => ({})),
	'unreadable-results': eachPicture(() => ({ images: 5 })),
};

export const oddityHelp: ReadonlyArray<readonly [string, string]> = [
	['create=200 odd=NAME', Object.keys(falOddities).join(', ')],
];

function changed(change: (json: Json) => Json): (answer: Answer) => Answer {
	return (answer) => ({
		...answer,
		body: writeJson(change(parseJson(String(answer.body)) as Json)),
	});
}

function withUrls(json: Json, change: (url: string) => string): Json {
	return Object.fromEntries(
		Object.entries(json).map(([name, value]) => [
			name,
			name.endsWith('_url') ? change(String(value)) : value,
		]),
	);
}

/** Of a result; an answer without pictures stays as it is. */
function eachPicture(change: (images: Json[]) => Json): (answer: Answer) => Answer {
	return changed((json) => {
		const { images, image, masks, ...rest } = json;
		const list = [images ?? masks ?? image].flat().filter((each) => each !== undefined);
		return list.length === 0 ? json : { ...change(list as Json[]), ...rest };
	});
}

/** As a server sends it that ends its answer too early, but properly: nothing on the way notices. */
function cutAfterId(answer: Answer): Answer {
	const { request_id: id } = parseJson(String(answer.body)) as Json;
	const text = JSON.stringify({ request_id: id });
	return { ...answer, body: `${text.slice(0, -1)},"sta` };
}
