// Which field a message names for a protocol's parameter.
import { fieldNameOf, fieldOfParam } from '../../../providers/fieldNames';

test.each<[string, unknown, string]>([
	['frame_count', 3, 'Frame Count'],
	['svg', { model: 'gpt-5.5', reasoning: { effort: 'low' } }, 'SVG Model'],
	['svg', { reasoning: { effort: 'low' } }, 'SVG Reasoning Effort'],
	['background_options', { completion_window: '8h' }, 'Completion Window'],
	['tomorrow', 1, 'tomorrow'],
	['constructor', {}, 'constructor'],
])('the setting %s with %j comes from %s', (name, value, field) => {
	expect(fieldNameOf(name, value)).toBe(field);
});

test.each([
	['size', 'Size'],
	['tools[0].size', 'Size'],
	['tools.0.frame_count', 'Frame Count'],
	['image_urls[2]', 'Input Images'],
	['svg.model', 'SVG Model'],
	['batch_id', 'batch_id'],
	['tools', undefined],
	['tools[0]', undefined],
	['toString', 'toString'],
])('an error about %s is about the field %s', (param, field) => {
	expect(fieldOfParam(param)).toBe(field);
});
