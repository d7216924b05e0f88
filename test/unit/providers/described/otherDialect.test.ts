// A model at another provider, as Replicate describes its own: read, checked and sent by other names.
import type { ImageRequest } from '../../../../providers/contract';
import { ownFieldsOf, type Dialect } from '../../../../providers/described/dialect';
import { inputOf } from '../../../../providers/described/input';
import { inputFieldsIn } from '../../../../providers/described/inputFields';
import { limitsOf } from '../../../../providers/described/limits';
import { checkedParts } from '../../../../providers/limits/requestParts';
import { failureOf, requestWith } from '../support';
import { enumOf, references, text, urls } from './models';

const DIALECT: Dialect = {
	one: ['image', 'input_image', 'image_prompt'],
	many: ['input_images', 'image_input'],
	isInputImage: () => false,
	masks: ['mask'],
	count: 'num_outputs',
	size: 'size',
	ratio: 'aspect_ratio',
	presets: new Map(),
	withheld: ['disable_safety_checker'],
	maxInputBytes: 1000,
};
/** With a place at each property, and choices behind a reference. */
const SCHEMA = {
	components: {
		schemas: {
			aspect_ratio: enumOf('1:1', '16:9', 'match_input_image'),
			output_format: enumOf('webp', 'jpg', 'png'),
			Output: urls,
			Input: {
				type: 'object',
				required: ['prompt'],
				properties: {
					output_quality: { type: 'integer', default: 80, 'x-order': 4 },
					disable_safety_checker: { type: 'boolean' },
					aspect_ratio: { allOf: [{ $ref: '#/components/schemas/aspect_ratio' }], 'x-order': 1 },
					prompt: { ...text, 'x-order': 0 },
					input_images: { ...urls, maxItems: 8, 'x-order': 2 },
					num_outputs: { type: 'integer', minimum: 1, maximum: 4, 'x-order': 3 },
					output_format: { allOf: [{ $ref: '#/components/schemas/output_format' }], 'x-order': 5 },
				},
			},
		},
	},
};
const fields = inputFieldsIn(SCHEMA, '/predictions')!;
const limits = limitsOf(fields, DIALECT);
const asked = (request: Partial<ImageRequest>) =>
	requestWith({ model: 'owner/name', prompt: 'A fox', ...request });

it('is read in the order of its places, what has none last', () => {
	expect([...fields.keys()]).toEqual([
		'prompt',
		'aspect_ratio',
		'input_images',
		'num_outputs',
		'output_quality',
		'output_format',
		'disable_safety_checker',
	]);
	expect(fields.get('aspect_ratio')?.choices).toEqual(['1:1', '16:9', 'match_input_image']);
});

it('is sent what was asked for, by its own names', () => {
	const request = asked({
		count: 3,
		size: '16:9',
		outputFormat: 'webp',
		references: references('a', 'b'),
		extras: { input: { output_quality: '90' } },
	});
	expect(inputOf(request, fields, DIALECT)).toEqual({
		prompt: 'A fox',
		aspect_ratio: '16:9',
		num_outputs: 3,
		output_format: 'webp',
		input_images: ['https://x.test/a', 'https://x.test/b'],
		output_quality: 90,
	});
});

it('is sent the usual names where nobody knows it', () => {
	const [mask] = references('m');
	const request = asked({ count: 2, references: references('a'), mask });
	expect(inputOf(request, undefined, DIALECT)).toEqual({
		prompt: 'A fox',
		num_outputs: 2,
		image: 'https://x.test/a',
		input_images: ['https://x.test/a'],
		mask: 'https://x.test/m',
	});
});

it('has the limits of its fields', () => {
	expect(limits).toMatchObject({
		maxPerTask: 4,
		references: { max: 8, maxBytes: 1000 },
		mask: 'none',
		outputFormats: ['webp', 'jpg', 'png'],
		sizes: ['1:1', '16:9', 'match_input_image'],
	});
	expect(failureOf(() => checkedParts(asked({ size: '21:9' }), limits))).toMatchObject({
		message: 'owner/name doesn\'t take the Size "21:9".',
	});
});

it('leaves to the other settings what no field of the node sets', () => {
	const own = ownFieldsOf(fields, DIALECT);
	expect([...fields.keys()].filter((name) => !own.has(name))).toEqual(['output_quality']);
});
