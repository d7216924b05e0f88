// Secrets are compared in constant time: how long a refusal takes tells nothing of how much of a token or a signature was right.
import crypto from 'node:crypto';
import { readFileSync } from 'node:fs';
import path from 'node:path';

import * as ts from 'typescript';

import {
	hasRightToken,
	tokenOf,
	vouchedIn,
	withToken,
} from '../../../pipeline/callbacks/callbackUrl';
import { refusalOf } from '../../../providers/openai/webhooks';
import { ROOT } from '../docs/pages';
import { shippedSources } from './shippedSources';

const KEY = 'sk-abcdef';
const WRONG = 'x'.repeat(tokenOf(KEY).length);

describe('in what is compared', () => {
	const compare = jest.spyOn(crypto, 'timingSafeEqual');
	afterEach(() => compare.mockClear());
	afterAll(() => compare.mockRestore());

	test('every token that may be right is compared as a whole', () => {
		expect(hasRightToken({ token: WRONG }, KEY)).toBe(false);
		expect(hasRightToken({ token: `${tokenOf(KEY).slice(0, -1)}~` }, KEY)).toBe(false);
		expect(hasRightToken({ token: tokenOf(KEY) }, KEY)).toBe(true);
		expect(compare).toHaveBeenCalledTimes(3);
	});

	test('one with a reference, too', () => {
		const query = Object.fromEntries(
			new URL(withToken('https://n8n.test/1', KEY, 'row 7')).searchParams,
		);
		expect(vouchedIn(query, KEY)).toEqual({ reference: 'row 7' });
		expect(compare).toHaveBeenCalledTimes(1);
	});

	test('and a signature', () => {
		const headers = {
			'webhook-id': 'wh_1',
			'webhook-timestamp': '1000',
			'webhook-signature': `v1,${Buffer.alloc(32).toString('base64')}`,
		};
		const delivery = { headers, rawBody: Buffer.from('{}') };
		expect(refusalOf(delivery, 'whsec_MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=', 1000)).toBe(
			'The signature is wrong.',
		);
		expect(compare).toHaveBeenCalledTimes(1);
	});

	test.each([0, 1, 42, 44, 100_000])(
		'one of %i characters is refused without throwing',
		(length) => {
			expect(hasRightToken({ token: 'x'.repeat(length) }, KEY)).toBe(false);
			const headers = {
				'webhook-id': 'wh_1',
				'webhook-timestamp': '1000',
				'webhook-signature': `v1,${'x'.repeat(length)}`,
			};
			expect(refusalOf({ headers, rawBody: Buffer.from('{}') }, 'MDEyMzQ1Njc4OWFiY2Rl', 1000)).toBe(
				'The signature is wrong.',
			);
		},
	);
});

const SECRET = /(token|signature|secret|apikey|digest|hmac)$/i;
const OPERATORS = new Set([
	ts.SyntaxKind.EqualsEqualsEqualsToken,
	ts.SyntaxKind.ExclamationEqualsEqualsToken,
	ts.SyntaxKind.EqualsEqualsToken,
	ts.SyntaxKind.ExclamationEqualsToken,
]);
const METHODS = new Set([
	'equals',
	'includes',
	'startsWith',
	'endsWith',
	'localeCompare',
	'compare',
]);

/** What is written in capitals stands in the code, such as the first bytes of a picture. */
function isName(name: string): boolean {
	return SECRET.test(name) && name !== name.toUpperCase();
}

/** A name of a secret; a comparison with a text that stands in the code tells only whether there is one. */
function isSecret(node: ts.Expression): boolean {
	if (ts.isIdentifier(node)) return isName(node.text);
	if (ts.isPropertyAccessExpression(node)) return isName(node.name.text);
	return ts.isCallExpression(node) && isSecret(node.expression);
}

function isConstant(node: ts.Expression): boolean {
	return (
		ts.isLiteralExpression(node) ||
		node.kind === ts.SyntaxKind.NullKeyword ||
		(ts.isIdentifier(node) && node.text === 'undefined')
	);
}

function carelessComparisons(file: string, code: string): string[] {
	const source = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
	const found: string[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isBinaryExpression(node) && OPERATORS.has(node.operatorToken.kind)) {
			const sides = [node.left, node.right];
			if (sides.some(isSecret) && !sides.some(isConstant)) found.push(node.getText());
		}
		if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
			const { name, expression } = node.expression;
			const sides = [expression, ...node.arguments];
			if (METHODS.has(name.text) && sides.some(isSecret) && !sides.some(isConstant)) {
				found.push(node.getText());
			}
		}
		ts.forEachChild(node, visit);
	};
	visit(source);
	return found.map((text) => `${file}: ${text}`);
}

test('careless comparisons are found', () => {
	const code = `
		if (given === expectedToken || headers.signature !== sign(body)) refuse();
		if (secret.equals(other) || tokens.includes(token)) refuse();
		if (token === '' || token === undefined || tokens === 5) refuse();`;
	expect(carelessComparisons('a.ts', code)).toEqual([
		'a.ts: given === expectedToken',
		'a.ts: headers.signature !== sign(body)',
		'a.ts: secret.equals(other)',
		'a.ts: tokens.includes(token)',
	]);
});

test('what ships has none', () => {
	// These look for secrets, and refuse nothing.
	const judging = shippedSources().filter((file) => !file.startsWith('pipeline/secrets/'));
	const found = judging.flatMap((file) =>
		carelessComparisons(file, readFileSync(path.join(ROOT, file), 'utf8')),
	);
	expect(found).toEqual([]);
});
