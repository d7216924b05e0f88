// What is kept of a create that may be sent again, and for how long its files serve.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { Connection } from '../../../../pipeline/connection';
import { rememberedRequest, requestOf } from '../../../../pipeline/once/sameRequest';
import { createEvoLink } from '../../../../providers/evolink';
import { createOpenAiImages } from '../../../../providers/openai/images';
import { imageWith, requestWith } from '../../providers/support';

const NOW = Date.UTC(2026, 10, 28);
const HOUR = 3_600_000;
const callbackUrl = 'https://n8n.test/hook?token=secret';
const photo = { ...imageWith('photo'), url: 'https://files.test/1.png' };
const request = requestWith({ references: [photo], mask: photo, callbackUrl });
const own = requestWith({ prompt: 'Another prompt', callbackUrl });

const withProvider = (provider: object) => ({ provider }) as Connection<IExecuteFunctions>;
const evoLink = withProvider(
	createEvoLink({ baseUrl: 'https://api.test', filesBaseUrl: 'https://files.test' }),
);
const openAi = withProvider(createOpenAiImages('https://api.test/v1'));

it('keeps all that was sent, but for the callback address, which has tokens in it', () => {
	const kept = JSON.stringify(rememberedRequest(evoLink, request));
	expect(kept).not.toContain('secret');
	expect(JSON.parse(kept)).toEqual(
		JSON.parse(JSON.stringify({ ...request, callbackUrl: undefined })),
	);
});

it('keeps nothing for a provider that would not know it again', () => {
	expect(rememberedRequest(openAi, request)).toBeUndefined();
});

it('keeps no file, only where it lies', () => {
	const local = { ...photo, file: { name: 'photo.png' } };
	const kept = rememberedRequest(evoLink, { ...request, references: [local] })!;
	expect(kept.references).toEqual([photo]);
});

test.each([1, 23, 24 * 30])(
	'what may have been done is sent as it was, also after %i hours',
	() => {
		const kept = rememberedRequest(evoLink, request)!;
		expect(requestOf({ state: 'sent', request: kept }, own, NOW)).toEqual(request);
	},
);

test('so is one that was refused after a try that may have done it', () => {
	const kept = rememberedRequest(evoLink, request)!;
	const refused = { state: 'prepared', request: kept, at: NOW - 25 * HOUR } as const;
	expect(requestOf({ ...refused, isDoubtful: true }, own, NOW)).toEqual(request);
});

test.each([
	[1, true],
	[23, true],
	[24, true],
	[24 + 1 / HOUR, false],
	[25, false],
])('files of what was surely not done serve the next try: %i hours later %s', (hours, isUsed) => {
	const kept = rememberedRequest(evoLink, request)!;
	const at = NOW - hours * HOUR;
	expect(requestOf({ state: 'prepared', request: kept, at }, own, NOW)).toEqual(
		isUsed ? request : undefined,
	);
});

it('goes out under the reference and to the callback address of now', () => {
	const kept = rememberedRequest(evoLink, { ...request, orderReference: 'row 12' })!;
	const now = { ...own, callbackUrl: undefined, orderReference: 'row 13' };
	expect(requestOf({ state: 'sent', request: kept }, now, NOW)).toEqual({
		...request,
		callbackUrl: undefined,
		orderReference: 'row 13',
	});
});

it('keeps a markup as well, and neither a mask nor a markup where there is none', () => {
	const markup = { ...photo, fileId: 'file-1', file: { name: 'photo.png' } };
	expect(rememberedRequest(evoLink, { ...request, markup })?.markup).toEqual({
		...photo,
		fileId: 'file-1',
	});
	expect(rememberedRequest(evoLink, requestWith({}))).toEqual(requestWith({}));
});

test.each([
	undefined,
	{ state: 'sent' as const },
	{ state: 'started' as const, taskId: 'task-1' },
	{ state: 'unknown' as const },
])('%j tells no request', (kept) => {
	expect(requestOf(kept, own, NOW)).toBeUndefined();
});
