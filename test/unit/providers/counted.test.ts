import { counted } from '../../../providers/counted';

test.each([
	[0, '0 items'],
	[1, '1 item'],
	[12_345, '12,345 items'],
])('%d of them are %s', (count, words) => {
	expect(counted(count, 'item')).toBe(words);
});
