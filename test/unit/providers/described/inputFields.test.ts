// A model's input schema: what is read of it, whatever form it has.
import { inputFieldsIn } from '../../../../providers/described/inputFields';
import { documentOf, fieldsOf, FLUX, MODEL, text } from './models';

const PATH = `/${MODEL}`;

describe('what is read of a schema', () => {
	it('has names, types and defaults, in the order of the page', () => {
		expect([...FLUX.fields!.keys()].slice(0, 3)).toEqual(['prompt', 'seed', 'image_size']);
		expect(FLUX.fields!.get('guidance_scale')).toMatchObject({
			title: 'Guidance scale (CFG)',
			type: 'number',
			default: 3.5,
			max: 20,
		});
		expect(FLUX.fields!.get('seed')).toMatchObject({ type: 'number', isInteger: true });
		expect(FLUX.fields!.get('prompt')).toMatchObject({ isRequired: true, choices: undefined });
	});

	it('ends where it leads back to itself', () => {
		const Loop = {
			anyOf: [{ $ref: '#/components/schemas/Loop' }, { $ref: '#/components/schemas/Other' }],
		};
		const Other = { allOf: [{ $ref: '#/components/schemas/Loop' }] };
		const fields = fieldsOf(
			{ a: { $ref: '#/components/schemas/Loop' }, b: text },
			{},
			{ Loop, Other },
		);
		expect([...fields.keys()]).toEqual(['a', 'b']);
		const self = documentOf({ $ref: '#/components/schemas/ThingInput' });
		expect(inputFieldsIn(self, PATH)).toBeUndefined();
	});

	it('has at most 300 fields', () => {
		const many = Object.fromEntries(Array.from({ length: 1000 }, (_, i) => [`field_${i}`, text]));
		expect(fieldsOf(many).size).toBe(300);
	});

	test.each([
		undefined,
		null,
		'none',
		{},
		{ components: [] },
		documentOf(undefined),
		documentOf({ properties: 'x' }),
	])('is nothing where there is none: %j', (openapi) => {
		expect(inputFieldsIn(openapi, PATH)).toBeUndefined();
	});

	it('is not taken from names that every object has', () => {
		const fields = fieldsOf(
			{ prompt: text },
			{ 'x-fal-order-properties': ['toString', 'prompt', '__proto__'] },
		);
		expect([...fields.keys()]).toEqual(['prompt']);
	});
});
