// Numbers that JavaScript's can't hold go out with all their digits.
import { jsonBody } from '../../../../pipeline/http/jsonBody';

it('leaves JSON to n8n, where it can', () => {
	const json = { a: 1, b: ['x', null], c: '17454220438242315174' };
	expect(jsonBody(json)).toEqual({ headers: {}, body: json });
});

it('writes long numbers as numbers, and nothing else differently', () => {
	const { headers, body } = jsonBody({
		seed: 17454220438242315174n,
		more: [-9007199254740993n, '12', 12, undefined],
		left: undefined,
		text: '"17454220438242315174"',
	});
	expect(headers).toEqual({ 'Content-Type': 'application/json' });
	expect(String(body)).toBe(
		'{"seed":17454220438242315174,"more":[-9007199254740993,"12",12,null],"text":"\\"17454220438242315174\\""}',
	);
});
