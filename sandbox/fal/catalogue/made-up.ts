// Models that fal doesn't have: they have what a program that takes any model must be able to bear.
import { imageSize, manyImages, numImages, oneImage, outputFormat, prompt, seed } from './fields';
import type { Model, Output } from './model';
import { perImage } from './prices';
import { componentRef, type Field, type Fields, text, whole } from './schema';

const plain: Output = { pictures: 'images', file: 'sized', extras: ['seed'] };
const shared = {
	category: 'text-to-image',
	work: 'edit',
	group: 'sandbox',
	tags: ['sandbox'],
	output: plain,
	price: perImage(0.01),
} as const;

const FIELD_COUNT = 300;
const manyFields: Fields = Object.fromEntries(
	Array.from({ length: FIELD_COUNT }, (_none, index): [string, Field] => [
		`setting_${index + 1}`,
		whole(`Setting ${index + 1}.`, 0, 100, 0),
	]),
);

export const madeUp: readonly Model[] = [
	{
		...shared,
		id: 'sandbox/any-model',
		name: 'Sandbox: Any Model',
		description: 'Fields that no other model has.',
		input: {
			...prompt,
			...imageSize('square'),
			...numImages(8),
			...seed,
			...outputFormat(['png', 'jpeg', 'webp'], 'webp'),
			mood: text('The mood of the picture.', 'calm'),
			lamps: whole('How many lamps are lit.', 0, 12, 3),
		},
	},
	{
		...shared,
		id: 'sandbox/no-schema',
		name: 'Sandbox: No Schema',
		description: 'The catalogue has no schema of it.',
		input: { ...prompt },
		shownSchemas: false,
	},
	{
		...shared,
		id: 'sandbox/loop',
		name: 'Sandbox: Loop',
		description: 'Its schema refers to itself.',
		input: { ...prompt, ...imageSize('square') },
		shownSchemas: {
			LoopInput: {
				type: 'object',
				title: 'LoopInput',
				required: ['prompt'],
				properties: {
					prompt: { type: 'string', description: 'The prompt.' },
					style: componentRef('Style'),
					layers: { type: 'array', items: componentRef('Layer') },
				},
				'x-fal-order-properties': ['prompt', 'style', 'layers'],
			},
			Style: componentRef('Look'),
			Look: componentRef('Style'),
			Layer: {
				type: 'object',
				properties: { name: { type: 'string' }, below: componentRef('Layer') },
			},
		},
	},
	{
		...shared,
		id: 'sandbox/three-hundred',
		name: 'Sandbox: Three Hundred Fields',
		description: `A prompt and ${FIELD_COUNT} settings.`,
		input: { ...prompt, ...manyFields },
	},
	{
		...shared,
		id: 'sandbox/masks',
		name: 'Sandbox: Masks',
		category: 'image-to-image',
		description: 'Answers with masks.',
		input: { ...oneImage, ...numImages() },
		output: { pictures: 'masks', file: 'sized', extras: [] },
	},
	{
		...shared,
		id: 'sandbox/image-and-images',
		name: 'Sandbox: Image and Images',
		category: 'image-to-image',
		description: 'Answers with image and images.',
		input: { ...prompt, ...manyImages(), ...numImages() },
		output: { pictures: 'both', file: 'sizeless', extras: [] },
	},
	{
		...shared,
		id: 'sandbox/deprecated',
		name: 'Sandbox: Deprecated',
		description: 'It still works.',
		isDeprecated: true,
		input: { ...prompt },
	},
	{
		...shared,
		id: 'workflows/sandbox/portrait',
		name: 'Sandbox: Workflow',
		description: 'A workflow has a name of three parts.',
		input: { ...prompt, ...imageSize('portrait_4_3') },
	},
];
