// Models that describe their input, as fal's do, for the tests of what is read of it, sent and estimated.
import type { ModelFacts } from '../../../../providers/described/describedModels';
import { inputFieldsIn } from '../../../../providers/described/inputFields';

export const MODEL = 'fal-ai/thing';
export const PRESETS = [
	'square_hd',
	'square',
	'portrait_4_3',
	'portrait_16_9',
	'landscape_4_3',
	'landscape_16_9',
];

export interface Schema {
	properties?: object;
	[more: string]: unknown;
}
export const documentOf = (input: unknown, others: object = {}) => ({
	openapi: '3.0.4',
	components: {
		schemas: { ...others, ThingOutput: {}, ...(input !== undefined && { ThingInput: input }) },
	},
	paths: {
		[`/${MODEL}`]: {
			post: {
				requestBody: {
					content: { 'application/json': { schema: { $ref: '#/components/schemas/ThingInput' } } },
				},
			},
		},
	},
});
export const fieldsOf = (properties: object, more: Schema = {}, others: object = {}) =>
	inputFieldsIn(documentOf({ properties, ...more }, others), `/${MODEL}`)!;
export const factsWith = (
	properties: object,
	more: Schema = {},
	others: object = {},
): ModelFacts => ({
	fields: fieldsOf(properties, more, others),
});

export const text = { type: 'string' };
export const enumOf = (...words: string[]) => ({ type: 'string', enum: words });
export const imageSize = {
	anyOf: [{ $ref: '#/components/schemas/ImageSize' }, enumOf(...PRESETS)],
	default: 'landscape_4_3',
};
export const ImageSize = { properties: { width: { type: 'integer' } }, type: 'object' };
export const urls = { type: 'array', items: text };

export const FLUX = factsWith(
	{
		prompt: text,
		image_size: imageSize,
		num_images: { type: 'integer', minimum: 1, maximum: 4, default: 1 },
		output_format: { ...enumOf('jpeg', 'png'), default: 'jpeg' },
		seed: { anyOf: [{ type: 'integer' }, { type: 'null' }] },
		sync_mode: { type: 'boolean' },
		guidance_scale: {
			type: 'number',
			minimum: 1,
			maximum: 20,
			default: 3.5,
			title: 'Guidance scale (CFG)',
		},
	},
	{ required: ['prompt'], 'x-fal-order-properties': ['prompt', 'seed'] },
	{ ImageSize },
);
export const BANANA = factsWith({
	prompt: text,
	image_urls: { ...urls, maxItems: 14 },
	aspect_ratio: enumOf('auto', '1:1', '16:9'),
	num_images: { type: 'integer', maximum: 4 },
});
export const GPT = factsWith({
	prompt: text,
	image_urls: urls,
	mask_image_url: text,
	image_size: enumOf('auto', '1024x1024', '1536x1024', '1024x1536'),
	quality: enumOf('low', 'medium', 'high'),
});
export const UPSCALER = factsWith(
	{ image_url: text, upscale_factor: { type: 'number', default: 2 } },
	{ required: ['image_url'] },
);

export const references = (...names: string[]) =>
	names.map((name) => ({ label: name, url: `https://x.test/${name}` }));
