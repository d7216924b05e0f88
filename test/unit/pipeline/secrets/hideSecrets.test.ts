// What leaves a node has no secrets: files keep all but their names, and errors are redacted with all that they hold.
import { inspect } from 'node:util';

import { hidingSecrets, redactItems } from '../../../../pipeline/secrets/hideSecrets';
import { createRedactor } from '../../../../pipeline/secrets/redactor';

const redact = createRedactor(['sk-abcdef']);

test('the names of files are searched, and their contents stay', () => {
	const file = { data: 'sk-abcdef', mimeType: 'image/png', fileName: 'a sk-abcdef.png' };
	const [item] = redactItems(redact, [{ json: { a: 'sk-abcdef' }, binary: { data: file } }]);
	expect(item).toEqual({
		json: { a: '•••' },
		binary: { data: { ...file, fileName: 'a •••.png' } },
	});
});

test('a file without a name stays as it is', () => {
	const file = { data: '', mimeType: 'image/png' };
	const [item] = redactItems(redact, [{ json: {}, binary: { data: file } }]);
	expect(item!.binary!.data).toBe(file);
});

test('what of an error can’t be written stays, and so does its cause', async () => {
	const cause = new Error('no');
	const error = new Error('told', { cause });
	Object.defineProperty(error, 'fixed', { value: 'sk-abcdef' });
	await expect(hidingSecrets(redact, async () => await Promise.reject(error))).rejects.toBe(error);
	expect(error.cause).toBe(cause);
});

test('an error is searched with its causes, however they hold each other', async () => {
	const cause = Object.assign(new Error('cause sk-abcdef'), { details: { url: '?k=sk-abcdef' } });
	const error = Object.assign(new Error('told sk-abcdef', { cause }), { description: 'sk-abcdef' });
	cause.cause = error;
	const work = async () => await Promise.reject(error);
	await expect(hidingSecrets(redact, work)).rejects.toBe(error);
	const shown = inspect(error, { depth: 20, showHidden: true });
	expect(shown).not.toContain('sk-abcdef');
	expect(shown).toContain('cause •••');
});

test('an error is searched, too, where somebody has looked at its stack before', async () => {
	const error = new Error('told sk-abcdef');
	// From now on it holds the message of this moment.
	expect(error.stack).toContain('sk-abcdef');
	await expect(hidingSecrets(redact, async () => await Promise.reject(error))).rejects.toBe(error);
	expect(error.stack).toMatch(/^Error: told •••\n/);
});
