// When the fields of Several Formats are shown, and that where the formats can't show the same picture the panel says why.
import { NodeHelpers, type INodeProperties, type INodeType } from 'n8n-workflow';

import { CoreToday } from '../../../nodes/CoreToday/CoreToday.node';
import { EvoLink } from '../../../nodes/EvoLink/EvoLink.node';
import { ImageChat } from '../../../nodes/ImageChat/ImageChat.node';
import { OpenAiImages } from '../../../nodes/OpenAiImages/OpenAiImages.node';

const NODES: Record<string, INodeType> = {
	'Core.Today': new CoreToday(),
	EvoLink: new EvoLink(),
	'Image Chat': new ImageChat(),
	'OpenAI Images': new OpenAiImages(),
};
const FIELDS = [
	...['formats', 'ownFormats', 'keepMotif', 'keepMotifNotice', 'batchFormatsNotice'],
	...['sizeWish', 'customSize'],
];

function shown(node: string, parameters: object, isTool = false): string[] {
	const { description } = NODES[node]!;
	const values = {
		resource: 'image',
		operation: 'generate',
		model: { __rl: true, mode: 'id', value: 'gpt-image-2' },
		completion: 'wait',
		...parameters,
	};
	const described = isTool ? { ...description, name: `${description.name}Tool` } : description;
	return description.properties
		.filter((field: INodeProperties) =>
			NodeHelpers.displayParameter(values as never, field, { typeVersion: 1 }, described as never),
		)
		.map(({ name }) => name)
		.filter((name) => FIELDS.includes(name));
}

test.each([
	['Core.Today', 'wait', ['formats', 'ownFormats', 'keepMotif']],
	['Core.Today', 'suspend', ['formats', 'ownFormats', 'keepMotifNotice']],
	['Core.Today', 'return', ['formats', 'ownFormats', 'keepMotifNotice']],
	['EvoLink', 'wait', ['formats', 'ownFormats', 'keepMotif']],
	['EvoLink', 'suspend', ['formats', 'ownFormats', 'keepMotifNotice']],
	['EvoLink', 'return', ['formats', 'ownFormats', 'keepMotifNotice']],
	['OpenAI Images', 'wait', ['formats', 'ownFormats', 'keepMotif']],
	['OpenAI Images', 'return', ['formats', 'ownFormats', 'keepMotifNotice']],
	['Image Chat', 'wait', ['formats', 'ownFormats', 'keepMotif']],
])('%s with Several Formats, waiting as %s: %j', (node, completion, fields) => {
	for (const operation of ['generate', 'edit']) {
		expect(shown(node, { size: 'formats', completion, operation })).toEqual(fields);
	}
});

test.each(Object.keys(NODES))('%s shows none of them with one size', (node) => {
	expect(shown(node, { size: '' })).toEqual(node === 'Image Chat' ? ['sizeWish'] : []);
	expect(shown(node, {})).toEqual(node === 'Image Chat' ? ['sizeWish'] : []);
});

test('a batch has formats, and says why they show no common picture', () => {
	const batch = { resource: 'batch', operation: 'create' };
	expect(shown('OpenAI Images', { ...batch, size: 'formats' })).toEqual([
		'formats',
		'ownFormats',
		'batchFormatsNotice',
	]);
	expect(shown('OpenAI Images', { ...batch, size: '' })).toEqual([]);
});

test.each(Object.keys(NODES))('%s offers it second under Size, not behind all sizes', (node) => {
	const sizes = NODES[node]!.description.properties.filter(
		({ name, type }) => name === 'size' && type === 'options',
	);
	const offering = sizes.flatMap(({ options = [] }) => {
		const place = options.findIndex((option) => 'value' in option && option.value === 'formats');
		return place === -1 ? [] : [place];
	});
	expect(offering.length).toBeGreaterThan(0);
	expect(new Set(offering)).toEqual(new Set([1]));
});

test('each format says its shape and its pixels', () => {
	const { options = [] } = NODES.EvoLink!.description.properties.find(
		({ name }) => name === 'formats',
	)!;
	expect(options.map(({ name }) => name)).toEqual([
		'Instagram Post (4:5, 1080 × 1350)',
		'Link Preview or Ad (1.91:1, 1200 × 628)',
		'Pinterest (2:3, 1000 × 1500)',
		'Square (1:1, 1080 × 1080)',
		'Story and Reel (9:16, 1080 × 1920)',
		'X and LinkedIn (16:9, 1600 × 900)',
		'YouTube (16:9, 1280 × 720)',
	]);
});

test('Vary has no formats', () => {
	expect(shown('OpenAI Images', { operation: 'vary', size: 'formats' })).toEqual([]);
});

test.each(Object.keys(NODES))(
	"%s as an agent's tool has one size, which the model fills in",
	(node) => {
		const fields = shown(node, { size: '' }, true);
		expect(fields).toEqual(node === 'Image Chat' ? ['sizeWish'] : []);
	},
);
