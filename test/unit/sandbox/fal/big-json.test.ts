// Numbers that a double can't hold keep their digits on their way through the sandbox.
import 'n8n-workflow';
import { parseJson, writeJson } from '../../../../sandbox/fal/big-json';
import { pythonJson } from '../../../../sandbox/fal/python-json';

const text = '{"seed":17454220438242315174,"list":[-9007199254740993,1,1.5],"words":"\\"5\\""}';

it('are read and written as they are', () => {
	expect(writeJson(parseJson(text))).toBe(text);
	expect(parseJson('1e400')).toBe(Infinity);
});

it('are written as Python does', () => {
	expect(pythonJson(parseJson(text))).toBe(
		'{"list": [-9007199254740993, 1, 1.5], "seed": 17454220438242315174, "words": "\\"5\\""}',
	);
	expect(pythonJson({ b: null, a: undefined, c: true })).toBe('{"b": null, "c": true}');
});
