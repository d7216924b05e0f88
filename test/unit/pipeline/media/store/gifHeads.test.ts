// Heads of GIFs made by hand: known by their signature, measured by what stands behind it.
import { bytesOf, factsOf } from './heads';

describe('a GIF', () => {
	test.each([
		['GIF87a', { type: 'gif', width: 300, height: 200 }],
		['GIF89a', { type: 'gif', width: 300, height: 200 }],
		['GIF88a', { type: 'unknown' }],
		['xGIF89a', { type: 'unknown' }],
	])('is measured by its head: %s', (signature, facts) => {
		const head = Buffer.concat([bytesOf(signature), Buffer.from([44, 1, 200, 0])]);
		expect(factsOf(head)).toEqual(facts);
		expect(factsOf(head.subarray(0, 9))).toEqual({ type: 'unknown' });
	});
});
