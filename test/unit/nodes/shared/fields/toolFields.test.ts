// What an AI agent's tool shows of an operation's fields, and what a step of a workflow shows.
import { NodeHelpers, type INodeProperties, type INodeType } from 'n8n-workflow';

import { CoreToday } from '../../../../../nodes/CoreToday/CoreToday.node';
import { EvoLink } from '../../../../../nodes/EvoLink/EvoLink.node';
import { ImageChat } from '../../../../../nodes/ImageChat/ImageChat.node';
import { OpenAiImages } from '../../../../../nodes/OpenAiImages/OpenAiImages.node';

const NODES: Array<[name: string, node: INodeType]> = [
	['EvoLink', new EvoLink()],
	['OpenAI Images', new OpenAiImages()],
	['Core.Today', new CoreToday()],
	['Image Chat', new ImageChat()],
];

/** The fields that are shown, in the name by which n8n knows a step and the tool that it makes of it. */
function shown({ description }: INodeType, operation: string, isTool: boolean): INodeProperties[] {
	const type = { ...description, name: `${description.name}${isTool ? 'Tool' : ''}` };
	const given = { resource: 'image', operation };
	const node = { typeVersion: 1 };
	const { properties } = description;
	const values = NodeHelpers.getNodeParameters(properties, given, true, false, node, type) ?? {};
	return properties.filter((field) =>
		NodeHelpers.displayParameter(values, field, node, type, values),
	);
}

function fieldsOf(node: INodeType, operation: string, isTool: boolean) {
	return Object.fromEntries(
		shown(node, operation, isTool).map((field) => [field.name, field] as const),
	);
}

/** The editor offers the model's hand for these, where the field takes expressions. */
const FILLED_IN_ONE_CLICK = ['string', 'number'];

describe.each(NODES)('%s', (name, node) => {
	test.each(['generate', 'edit'])('%s: each name stands once, as a step and as a tool', (each) => {
		for (const isTool of [false, true]) {
			const names = shown(node, each, isTool).map((field) => field.name);
			expect(names).toEqual([...new Set(names)]);
		}
	});

	test('a tool can have the model fill in what makes the image', () => {
		const fields = fieldsOf(node, 'edit', true);
		const size = name === 'Image Chat' ? ['sizeWish'] : ['size', 'quality'];
		for (const field of ['prompt', 'inputImageUrls', 'numberOfImages', ...size]) {
			expect([field, fields[field]?.type]).toEqual([
				field,
				expect.stringMatching(FILLED_IN_ONE_CLICK.join('|')),
			]);
			expect(fields[field]!.noDataExpression).toBeUndefined();
		}
	});

	test('a tool offers its Prompt to the model from the beginning, a step has an empty one', () => {
		expect(fieldsOf(node, 'generate', false).prompt!.default).toBe('');
		// As the editor writes it: else it shows no button to take it back.
		expect(fieldsOf(node, 'generate', true).prompt!.default).toMatch(
			/^=\{\{ \/\*n8n-auto-generated-fromAI-override\*\/ \$fromAI\('Prompt', `[^`']+`, 'string'\) \}\}$/,
		);
	});

	test('a tool that analyzes offers its Text to the model, too', () => {
		if (name !== 'OpenAI Images') return;
		expect(fieldsOf(node, 'analyze', false).text!.default).toBe('');
		expect(fieldsOf(node, 'analyze', true).text!.default).toMatch(
			/^=\{\{ \/\*n8n-auto-generated-fromAI-override\*\/ \$fromAI\('Text', `[^`']+`, 'string'\) \}\}$/,
		);
	});

	test('an agent reads that of the tool', () => {
		const { description } = node;
		const type = { ...description, name: `${description.name}Tool` };
		const given = { resource: 'image', operation: 'edit' };
		const { properties } = description;
		const step = { typeVersion: 1 };
		// As n8n fills in what a saved workflow leaves out.
		const parameters = NodeHelpers.getNodeParameters(properties, given, true, false, step, type)!;
		const told = NodeHelpers.getToolDescriptionForNode({ parameters } as never, {
			description: type,
		});
		expect(told).toBe(fieldsOf(node, 'edit', true).toolDescription!.default);
	});

	test('a tool says what it does and what comes back, and a step has nothing of it', () => {
		expect(fieldsOf(node, 'generate', false)).not.toHaveProperty('toolDescription');
		const { default: text } = fieldsOf(node, 'generate', true).toolDescription!;
		expect(text).toMatch(
			/^Generate an image with .+: Make images from a description\. It returns /,
		);
		expect(text).toContain('expiresAt');
	});
});
