// Odd forms of fal's answers: what its documents leave open, and what models have been seen to answer.
import { json } from '../../server/answer';
import { changed, type Fault } from '../fault';
import { cutBehind, DATA_URI, oddAt, writtenAt, type Json } from './odd';

const of = 'fal';
const at = ['generate', 'pause'];
const created = oddAt({ of, on: 'create', at });
const createdAs = writtenAt({ of, on: 'create', at });
const standing = oddAt({ of, on: 'poll', at: [...at, 'get', 'wait', 'trigger', 'cancel'] });
const ended = oddAt({ of, on: 'result', at: [...at, 'get', 'wait', 'trigger'] });

const pictures = (id: string, title: string, change: (images: Json[]) => Json) =>
	ended(`fal-${id}`, title, ({ images, image, ...rest }) => {
		void image;
		return { ...change(images as Json[]), ...rest };
	});
const urlOf = ({ url }: Json) => String(url);
const withUrls = (status: Json, change: (url: string) => string) =>
	Object.fromEntries(
		Object.entries(status).map(([name, value]) => [
			name,
			name.endsWith('_url') ? change(String(value)) : value,
		]),
	);

export const falAnswers: Fault[] = [
	created('fal-no-urls', 'Begun, without addresses', ({ request_id, status }) => ({
		request_id,
		status,
	})),
	created('fal-sub-path', 'Begun, with a part of the model in its addresses', (status) =>
		withUrls(status, (url) => url.replace('/requests/', '/dev/requests/')),
	),
	created('fal-no-status', 'Begun, without a state', ({ request_id }) => ({ request_id })),
	createdAs('fal-cut-after-id', 'Begun, and cut behind its ID', (status) =>
		cutBehind(status, 'request_id'),
	),
	changed({
		id: 'fal-status-202',
		title: 'Told with 202',
		of: [of],
		on: ['create', 'poll'],
		at,
		tells: true,
		to: (honest) => ({ ...honest, status: 202 }),
	}),
	standing('fal-odd-status', 'Paused', (status) => ({ ...status, status: 'PAUSED' })),
	standing('fal-failed-status', 'Failed', (status) => ({
		...status,
		status: 'FAILED',
		error: 'It went wrong.',
	})),
	standing('fal-cancelled-status', 'Cancelled', (status) => ({ ...status, status: 'CANCELLED' })),
	standing('fal-error-200', 'An error in words', () => ({ detail: 'It went wrong.' })),
	changed({
		id: 'fal-too-late',
		title: 'It had ended already',
		of: [of],
		on: ['cancel'],
		tells: true,
		to: () => json({ status: 'ALREADY_COMPLETED' }, 400),
	}),
	pictures('one-image', 'One picture in place of the list', ([image]) => ({ image })),
	pictures('null-entry', 'null before the picture', (images) => ({ images: [null, ...images] })),
	pictures('url-list', 'Links in place of pictures', (images) => ({ images: images.map(urlOf) })),
	pictures('bare-url', 'One link alone', ([image]) => ({
		url: image?.url,
		content_type: 'image/png',
	})),
	pictures('other-name', 'The picture under another name', ([image]) => ({
		rendered_image: { ...image, content_type: 'image/png' },
	})),
	pictures('url-only', 'Links and nothing else', (images) => ({
		images: images.map(({ url }) => ({ url })),
	})),
	pictures('relative-urls', 'Paths for links', (images) => ({
		images: images.map((image) => ({ ...image, url: new URL(urlOf(image)).pathname })),
	})),
	pictures('data-uri', 'The picture as a data URI', (images) => ({
		images: images.map((image) => ({ ...image, url: DATA_URI })),
	})),
	pictures('no-pictures', 'A result without any', () => ({})),
	pictures('unreadable-results', 'A number for the pictures', () => ({ images: 5 })),
];
