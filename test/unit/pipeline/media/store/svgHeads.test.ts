// SVGs by their first element: what may stand before it, and what measures them.
import { factsOf } from './heads';

test.each<[string, number | undefined, number | undefined]>([
	['<svg width="10.5" height="7.4"/>', 11, 7],
	[`<svg width=' 10px ' height=" 7 "/>`, 10, 7],
	['<svg width="10" viewBox="0 0 4 3"/>', 4, 3],
	['<svg width="10em" height="7em" viewBox="0 0 4 3"/>', 4, 3],
	['<svg width="x10" height="7"/>', undefined, undefined],
	['<svg width="10." height="7"/>', undefined, undefined],
	['<svg data-width="9" data-height="9" viewBox=" 1,2 , 4 3 "/>', 4, 3],
	['<svg viewBox="0 0 4"/>', undefined, undefined],
	['<svg viewBox="0 0 4 -3"/>', undefined, undefined],
	['<svg viewBox="0 0 0 3"/>', undefined, undefined],
	[`<svg title='a > "b"' width="4" height="3">`, 4, 3],
	[`<svg title="${'x'.repeat(4000)}" width="4" height="3">`, 4, 3],
	[`<svg title="${'x'.repeat(4096)}" width="4" height="3">`, undefined, undefined],
])('%.80s is measured', (text, width, height) => {
	expect(factsOf(Buffer.from(text))).toEqual({
		type: 'svg',
		...(width !== undefined && { width, height }),
	});
});

test.each<[string, string]>([
	['behind a doctype whose entities hold brackets', '<!DOCTYPE svg [<!ENTITY a ">">]><svg/>'],
	['behind a doctype, with a bracket later', '<!doctype svg><svg title="["/>'],
	['behind two comments and an instruction', '<!-- a --><?b?><!-- <svgx> -->\n<svg/>'],
	['with a tag that ends at once', '<svg>'],
	['with an attribute in another line', '<svg\nwidth="1"/>'],
])('one is known %s', (_what, text) => {
	expect(factsOf(Buffer.from(text)).type).toBe('svg');
});

test.each(['<!doctype svgx><svg/>', '<!doctypesvg><svg/>', 'x<svg/>', '<!-x--><svg/>', '<svg'])(
	'%s is none',
	(text) => {
		expect(factsOf(Buffer.from(text)).type).toBe('unknown');
	},
);
