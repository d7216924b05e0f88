// Every message that a node can show, found in the shipped code: what is given to errors, hints and answers, what we add to a
// provider's own words, and whatever else reads like a sentence and isn't known to be something else.
import path from 'node:path';

import * as ts from 'typescript';

import { ROOT } from '../pages';
import { shippedCode } from './shippedCode';
import { createTextReader, GAP, tidied, wordsIn, type Form } from './texts';

export interface ShownMessage {
	/** With … in the place of what is put in. */
	text: string;
	/** Where it is written: file and line. */
	place: string;
}

/** What we advise, beside what happened. Where the provider says what happened, it is all that we say. */
const ADVICE = new Set(['advice', 'ifCancelled', 'ifFailed']);
/** Names of what else a text is for: to describe a field, a model or a tool. */
const OTHER_USES = new Set([
	'answer',
	'assumed',
	'cachedResultName',
	'default',
	'description',
	'displayName',
	'note',
	'placeholder',
	'source',
	'whereToLook',
]);
const LOGGERS = /\.logger\.\w+$/;
const FEWEST_WORDS = 3;
const SENTENCE = /^[\p{L}…"][^]*\S[.!?](?:\s|…|$)/u;
const ERRORS = /^(?:\w*Error|ImageFailure)$/;

/** How texts begin that nobody sees, and what they are for. */
const NEVER_SHOWN: ReadonlyArray<[beginning: string, use: string]> = [
	['It took too long.', 'becomes “… took too long to answer.”'],
	['The answer came in no form that can be read.', 'becomes “… gave no answer: ….”'],
	['Answer in JSON.', 'said to the model'],
	['Write what belongs to a social media post with this picture.', 'said to the model'],
	['The input image shows this picture in another shape.', 'said to the model'],
	['The last input image shows this picture in another shape.', 'said to the model'],
];

export function shownMessages(): ShownMessage[] {
	const { checker, files } = shippedCode();
	const nodes: ts.Node[] = [];
	const calls = new Map<ts.Node, ts.CallExpression[]>();
	files.forEach(collect);
	const { formsOf, partsOf } = createTextReader(
		checker,
		(declaration) => calls.get(declaration) ?? [],
	);

	const seen = new Set<ts.Node>();
	const found = new Map<string, ts.Node>();
	for (const node of nodes) for (const text of messagesIn(node)) formsOf(text).forEach(keep);
	for (const node of nodes) for (const text of adviceAlone(node)) formsOf(text).forEach(keep);
	for (const node of nodes) for (const text of otherTextsIn(node)) partsOf(text).forEach(see);
	for (const node of nodes) if (!seen.has(node) && isSentence(node)) formsOf(node).forEach(keep);

	const texts = [...found.keys()];
	return texts
		.filter((text) => !NEVER_SHOWN.some(([beginning]) => text.startsWith(beginning)))
		.filter((text) => !isFragment(text))
		.map((text) => ({ text, place: placeOf(found.get(text)!) }));

	/** Stands behind something else in one of the others. */
	function isFragment(text: string): boolean {
		return /^\p{Ll}/u.test(text) && texts.some((other) => other !== text && other.endsWith(text));
	}

	function collect(node: ts.Node): void {
		nodes.push(node);
		if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
			const call = node as ts.CallExpression;
			const declaration = checker.getResolvedSignature(call)?.declaration;
			if (declaration) calls.set(declaration, [...(calls.get(declaration) ?? []), call]);
		}
		ts.forEachChild(node, collect);
	}

	/** Where nothing else of ours is told. */
	function adviceAlone(node: ts.Node): ts.Node[] {
		if (!ts.isObjectLiteralExpression(node)) return [];
		const told = valuesIn(node, (name) => name === 'message').flatMap(formsOf);
		const isTold = told.some(({ text }) => wordsIn(text) > 0);
		return isTold ? [] : valuesIn(node, (name) => ADVICE.has(name));
	}

	function keep(form: Form): void {
		see(form);
		const text = tidied(form.text);
		const [first] = form.from;
		if (first && /\p{L}/u.test(text) && !found.has(text)) found.set(text, first);
	}

	function see({ from }: Form): void {
		for (const node of from) seen.add(node);
	}
}

function messagesIn(node: ts.Node): ts.Node[] {
	if (ts.isNewExpression(node) && ERRORS.test(node.expression.getText())) {
		return (node.arguments ?? []).filter((each) => !ts.isObjectLiteralExpression(each));
	}
	return ts.isObjectLiteralExpression(node) ? valuesIn(node, (name) => name === 'message') : [];
}

function otherTextsIn(node: ts.Node): ts.Node[] {
	if (ts.isCallExpression(node) && LOGGERS.test(node.expression.getText())) {
		return [...node.arguments];
	}
	if (!ts.isObjectLiteralExpression(node)) return [];
	const isField = valuesIn(node, (name) => name === 'displayName').length > 0;
	return valuesIn(
		node,
		(name) => ADVICE.has(name) || OTHER_USES.has(name) || (isField && name === 'hint'),
	);
}

function valuesIn(
	{ properties }: ts.ObjectLiteralExpression,
	isWanted: (name: string) => boolean,
): ts.Node[] {
	return properties
		.filter((each) => each.name && isWanted(each.name.getText()))
		.flatMap((each) => {
			if (ts.isPropertyAssignment(each)) return [each.initializer];
			return ts.isShorthandPropertyAssignment(each) ? [each.name] : [];
		});
}

function isSentence(node: ts.Node): boolean {
	if (!ts.isStringLiteralLike(node) && !ts.isTemplateExpression(node)) return false;
	const text = ts.isTemplateExpression(node) ? templateText(node) : node.text;
	return wordsIn(text) >= FEWEST_WORDS && SENTENCE.test(text.trim());
}

function templateText({ head, templateSpans }: ts.TemplateExpression): string {
	return head.text + templateSpans.map(({ literal }) => GAP + literal.text).join('');
}

function placeOf(node: ts.Node): string {
	const file = node.getSourceFile();
	const { line } = file.getLineAndCharacterOfPosition(node.getStart());
	return `${path.relative(ROOT, file.fileName)}:${line + 1}`;
}
