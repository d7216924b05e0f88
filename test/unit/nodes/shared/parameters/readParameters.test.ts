// Lists of texts in one field: as a list, with commas or line breaks between them, or as the JSON that n8n makes of a list.
import { toAddresses, toTexts } from '../../../../../nodes/shared/parameters/readParameters';

test.each<[string, unknown, string[]]>([
	['a list', ['task-1', ' task-2 '], ['task-1', 'task-2']],
	['commas', 'task-1, task-2', ['task-1', 'task-2']],
	['a list as JSON', '["task-1","task-2"]', ['task-1', 'task-2']],
	['one of one', '["task-1"]', ['task-1']],
	['one of several lines', ' [\n  "task-1",\n  "task-2"\n]\n', ['task-1', 'task-2']],
	['one that is empty', '[]', []],
	['what only begins like one', '[task-1], task-2', ['[task-1]', 'task-2']],
	['a list of something else', '[1]', ['[1]']],
])('%s', (_what, value, texts) => {
	expect(toTexts(value, 'Task ID')).toEqual(texts);
});

test('addresses in a list as JSON', () => {
	const addresses = ['https://example.com/a,b.png', 'https://example.com/c.png'];
	expect(toAddresses(JSON.stringify(addresses), 'URL')).toEqual(addresses);
});
