// Data as a provider gave it, without the pictures that are written into it.
import { omitPictures } from '../../../../providers/answers/rawData';

const BASE64 = 'A'.repeat(5000);
const START = 'data:image/png;base64,';

test.each<[string, unknown, unknown]>([
	['plain data', { id: 'a', list: [1, null, true, 'b'] }, { id: 'a', list: [1, null, true, 'b'] }],
	['a data URI', [`${START}${BASE64}`], [`${START}${'A'.repeat(80 - START.length)}…`]],
	['bare base64', { b64: BASE64 }, { b64: `${'A'.repeat(80)}…` }],
	['the shortest data URI that is cut', `${START}${'A'.repeat(59)}`, `${START}${'A'.repeat(58)}…`],
	['the longest one that is kept', `${START}${'A'.repeat(58)}`, `${START}${'A'.repeat(58)}`],
	[
		'a data URI in capitals, behind spaces',
		` DATA:image/png,${BASE64}`,
		` DATA:image/png,${'A'.repeat(64)}…`,
	],
	['words about data', `data: ${'a fox '.repeat(50)}`, `data: ${'a fox '.repeat(50)}`],
	['the longest word that is kept', 'A'.repeat(2048), 'A'.repeat(2048)],
	['a word that is longer', 'A'.repeat(2049), `${'A'.repeat(80)}…`],
	['a word behind spaces', ` ${BASE64} `, ` ${'A'.repeat(79)}…`],
	['a short data URI', 'data:image/png;base64,AAAA', 'data:image/png;base64,AAAA'],
	['a long prompt', 'a fox '.repeat(1000), 'a fox '.repeat(1000)],
	['a long address', `https://a.test/${'x'.repeat(1900)}`, `https://a.test/${'x'.repeat(1900)}`],
])('%s', (_rule, value, expected) => {
	expect(omitPictures(value)).toEqual(expected);
});

test('what is too deep to be saved is cut', () => {
	let deep: unknown = 'x';
	for (let level = 0; level < 500_000; level++) deep = [deep];
	let inObjects: unknown = 'x';
	for (let level = 0; level < 500; level++) inObjects = { a: inObjects };
	expect(JSON.stringify(omitPictures(inObjects))).toBe(
		`${'{"a":'.repeat(100)}"…"${'}'.repeat(100)}`,
	);
	expect(JSON.stringify(omitPictures(deep))).toBe(`${'['.repeat(100)}"…"${']'.repeat(100)}`);
});
