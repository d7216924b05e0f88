// What output formats can do: each refusal word for word, and what is let pass.
import type { ImageRequest, ModelLimits } from '../../../../providers/contract';
import { checkFormat, checkFormatUse } from '../../../../providers/limits/formatLimits';
import { imageWith, refusals, requestWith } from '../support';

describe('an output format is refused when', () => {
	const whole = 'Change it in the Options.';
	const noPercentage = "A PNG can't be compressed by a percentage.";
	const useAnother = 'Set Output Format to JPEG or WebP, or remove Compression from the Options.';
	refusals(
		(request) => checkFormat(request, undefined),
		[
			[
				'a JPEG is to be transparent',
				{ outputFormat: 'jpeg', background: 'transparent' },
				"A JPEG can't have a transparent background.",
				'Set Output Format to PNG or WebP, or Background to another value.',
			],
			[
				'a PNG is to be compressed',
				{ outputFormat: 'png', compression: 50 },
				noPercentage,
				useAnother,
			],
			[
				'a GIF is to be compressed',
				{ outputFormat: 'gif', compression: 50 },
				"A GIF can't be compressed by a percentage.",
				useAnother,
			],
			[
				'an SVG is to be compressed',
				{ outputFormat: 'svg', compression: 100 },
				"An SVG can't be compressed by a percentage.",
				useAnother,
			],
			[
				'compression is more than everything',
				{ outputFormat: 'webp', compression: 101 },
				'Compression must be a whole number from 0 to 100.',
				whole,
			],
			[
				'compression is less than nothing',
				{ outputFormat: 'webp', compression: -1 },
				'Compression must be a whole number from 0 to 100.',
				whole,
			],
			[
				'compression is no whole number',
				{ outputFormat: 'webp', compression: 50.5 },
				'Compression must be a whole number from 0 to 100.',
				whole,
			],
		],
	);

	test.each<[string, Partial<ImageRequest>]>([
		['a transparent PNG', { outputFormat: 'png', background: 'transparent' }],
		['a transparent WebP', { outputFormat: 'webp', background: 'transparent' }],
		['a JPEG with the least quality', { outputFormat: 'jpeg', compression: 0 }],
		['a WebP with all of it', { outputFormat: 'webp', compression: 100 }],
		["compression in a format of the model's own choice", { compression: 50 }],
		['nothing at all', {}],
	])('but not for %s', (_rule, request) => {
		expect(() => checkFormat(requestWith(request), undefined)).not.toThrow();
	});

	test('compression for a model that makes a PNG unless told otherwise', () => {
		const request = requestWith({ compression: 50 });
		expect(() => checkFormat(request, ['png', 'jpeg', 'webp'])).toThrow(noPercentage);
	});
});

describe('a format of the model is refused when', () => {
	const limits: ModelLimits = {
		prompt: {},
		counts: [1],
		references: { max: 1, maxBytes: 1, types: [] },
		mask: 'none',
		extraFormats: { frame_count: 'gif', svg: 'svg' },
		formatLimits: { gif: { extras: ['stream'], noMask: true } },
	};
	const check = (request: ImageRequest) => checkFormatUse(request, limits);
	refusals(check, [
		[
			'a picture that stands still has frames',
			{ outputFormat: 'png', extras: { frame_count: 3 } },
			'The setting "Frame Count" works only with the Output Format GIF.',
			'Set Output Format to GIF, or remove the setting from the Options.',
		],
		[
			'no format is chosen, and somebody writes an SVG',
			{ extras: { svg: { model: 'gpt-5.5' } } },
			'The setting "SVG Model" works only with the Output Format SVG.',
			'Set Output Format to SVG, or remove the setting from the Options.',
		],
		[
			'an animation is streamed',
			{ outputFormat: 'gif', extras: { stream: true } },
			'gpt-image-2 makes no GIF with Stream.',
			'Set Output Format to another value, or remove Stream from the Options.',
		],
		[
			'an animation has a mask',
			{ outputFormat: 'gif', mask: imageWith('mask') },
			'gpt-image-2 makes no GIF with a Mask.',
			'Set Output Format to another value, or Mask to None.',
		],
	]);

	test.each<Partial<ImageRequest>>([
		{ outputFormat: 'gif', extras: { frame_count: 3 } },
		{ outputFormat: 'svg', extras: { svg: {} }, mask: imageWith('mask') },
		{ outputFormat: 'png', extras: { stream: true } },
		{ extras: { stream: true } },
	])('but not for %j', (request) => {
		expect(() => check(requestWith(request))).not.toThrow();
	});
});
