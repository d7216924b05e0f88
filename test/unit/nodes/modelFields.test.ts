// Which fields the editor shows for which model: a dated name has those of its family.
import { NodeHelpers, type INodeProperties, type INodeType } from 'n8n-workflow';

import { CoreToday } from '../../../nodes/CoreToday/CoreToday.node';
import { EvoLink } from '../../../nodes/EvoLink/EvoLink.node';
import { OpenAiImages } from '../../../nodes/OpenAiImages/OpenAiImages.node';

const NODES: Record<string, INodeType> = {
	'OpenAI Images': new OpenAiImages(),
	EvoLink: new EvoLink(),
	'Core.Today': new CoreToday(),
};

/** The fields and options that are shown for a model, each with the values that it offers. */
function shown(node: string, model: string): Record<string, unknown> {
	const { description } = NODES[node]!;
	const parameters = {
		resource: 'image',
		operation: 'edit',
		model: { __rl: true, mode: 'id', value: model },
		size: 'custom',
		completion: 'wait',
	};
	const instance = { typeVersion: 1 };
	const isShown = (field: INodeProperties, values: object) =>
		NodeHelpers.displayParameter(
			values as never,
			field,
			instance,
			description,
			parameters as never,
		);
	const fields = description.properties.filter((field) => isShown(field, parameters));
	const options = fields.find(({ name }) => name === 'options')?.options as INodeProperties[];
	const offered = [...fields, ...options.filter((option) => isShown(option, {}))];
	return Object.fromEntries(
		offered.map(({ name, options: values = [] }) => [
			name,
			name === 'options' ? [] : values.map((each) => ('value' in each ? each.value : each.name)),
		]),
	);
}

test.each([
	['OpenAI Images', 'gpt-image-1', 'gpt-image-1-2025-04-15'],
	['OpenAI Images', 'gpt-image-1-mini', 'gpt-image-1-mini-2025-10-06'],
	['OpenAI Images', 'gpt-image-1.5', 'gpt-image-1.5-2025-12-16'],
	['OpenAI Images', 'gpt-image-1.5', 'chatgpt-image-latest'],
	['OpenAI Images', 'gpt-image-2', 'gpt-image-2-2026-04-21'],
	['OpenAI Images', 'gpt-image-2.5', 'gpt-image-2.5-flare-2026-09-08'],
	['OpenAI Images', 'gpt-image-2.5', 'gpt-image-2.6-sunburst'],
	['EvoLink', 'gpt-4o-image', 'gpt-4o-image-2025-05-01'],
	['EvoLink', 'gpt-image-1', 'gpt-image-1-2025-04-15'],
	['EvoLink', 'gpt-image-2', 'gpt-image-2.5-flare-2026-09-08'],
	['EvoLink', 'gpt-image-2', 'gpt-image-2.6-flare'],
	['Core.Today', 'openai/gpt-image-2', 'openai/gpt-image-2-2026-04-21'],
])('%s shows for %s and %s the same', (node, family, other) => {
	expect(shown(node, other)).toEqual(shown(node, family));
});

const CLASSIC = ['', 'low', 'medium', 'high'];
test.each([
	['OpenAI Images', 'gpt-image-1-2025-04-15', 5, CLASSIC],
	['OpenAI Images', 'gpt-image-2-2026-04-21', 9, CLASSIC],
	['OpenAI Images', 'gpt-image-2.6-flare', 9, [...CLASSIC, 'xhigh', 'max']],
	['OpenAI Images', 'a-model-of-next-year', 9, [...CLASSIC, 'xhigh', 'max']],
	['EvoLink', 'gpt-4o-image-2025-05-01', 8, undefined],
	['EvoLink', 'gpt-image-1-2025-04-15', 8, CLASSIC],
	['EvoLink', 'gpt-image-2', 14, [...CLASSIC, 'xhigh', 'max']],
	['Core.Today', 'openai/gpt-image-2-2026-04-21', 5, CLASSIC],
	['Core.Today', 'owner/other', 6, CLASSIC],
])('%s offers for %s %i sizes and the qualities %j', (node, model, sizes, qualities) => {
	const fields = shown(node, model);
	expect(fields.size).toHaveLength(sizes);
	expect(fields.quality).toEqual(qualities);
	expect('customSize' in fields).toBe((fields.size as string[]).includes('custom'));
});

test('what a model refuses is not offered for it', () => {
	expect(shown('OpenAI Images', 'gpt-image-1.5-2025-12-16')).toHaveProperty('input_fidelity');
	expect(shown('OpenAI Images', 'gpt-image-2-2026-04-21')).not.toHaveProperty('input_fidelity');
	expect(shown('OpenAI Images', 'gpt-image-2.6-flare')).not.toHaveProperty('style');
	expect(shown('OpenAI Images', 'another')).toMatchObject({ style: ['natural', 'vivid'] });
	expect(shown('OpenAI Images', 'dall-e-3')).not.toHaveProperty('stream');
	expect(shown('EvoLink', 'gpt-4o-image-2025-05-01').numberOfImages).toEqual([1, 2, 4]);
	expect(shown('EvoLink', 'gpt-image-1-2025-04-15')).not.toHaveProperty('resolution');
	expect(shown('Core.Today', 'openai/gpt-image-2-2026-04-21')).not.toHaveProperty(
		'additionalInput',
	);
});

test('the default of Core.Today costs no ten times its neighbours, and the field says what each quality costs', () => {
	const fields = NODES['Core.Today']!.description.properties.filter(
		({ name }) => name === 'quality',
	);
	const known = fields.find(({ options }) =>
		options?.some((each) => 'description' in each && each.description),
	)!;
	expect(known.default).toBe('medium');
	expect(known.description).toContain(
		'Per image: Automatic $0.48, Low $0.045, Medium $0.176, High $0.48.',
	);
	// What isn't known is left to the model itself.
	expect(fields.find((field) => field !== known && field.type === 'options')!.default).toBe('');
});
