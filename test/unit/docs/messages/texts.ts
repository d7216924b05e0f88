// Reads the texts that an expression can come to, with … in the place of whatever is put in when it runs.
import * as ts from 'typescript';

export const GAP = '…';

/** One text that an expression can come to, and the literals that it is written in. */
export interface Form {
	text: string;
	from: ts.Node[];
}

/** Of one text no more forms than this are told apart, and fewer of a part of it. */
const MAX_FORMS = 16;
const MAX_PART_FORMS = 6;
const MAX_DEPTH = 12;
/** A part that is chosen from is told apart where it says something: a singular and a plural don't. */
const FEWEST_WORDS_OF_PART = 3;
/** Methods that give back the text, one like it, or one of a list. */
const SAME_TEXT = new Set(['filter', 'find', 'replace', 'replaceAll', 'slice', 'trim']);

type Read = (node: ts.Node) => Form[];

export interface TextReader {
	/** What the text can be. */
	formsOf: Read;
	/** Every text that it can have in it, each by itself. */
	partsOf: Read;
}

/** `callsOf` answers the calls of a function that is ours. */
export function createTextReader(
	checker: ts.TypeChecker,
	callsOf: (declaration: ts.Node) => ts.CallExpression[],
): TextReader {
	return {
		formsOf: (node) => formsOf(node, 0, false),
		partsOf: (node) => partsOf(node, 0),
	};

	function partsOf(node: ts.Node, depth: number): Form[] {
		const within: ts.Node[] = [];
		ts.forEachChild(node, (child) => void within.push(child));
		return [...formsOf(node, depth, false), ...within.flatMap((each) => partsOf(each, depth))];
	}

	/** As a part of a text, what a function is handed isn't followed: it may be anything. */
	function formsOf(node: ts.Node, depth: number, isPart: boolean): Form[] {
		if (depth > MAX_DEPTH) return gap();
		const read: Read = (inner) => formsOf(inner, depth + 1, isPart);
		const readPart: Read = (inner) => asPart(formsOf(inner, depth + 1, true));
		if (ts.isStringLiteralLike(node)) return [{ text: node.text, from: [node] }];
		if (ts.isTemplateExpression(node)) return ofTemplate(node, readPart);
		if (ts.isConditionalExpression(node)) return either(read(node.whenTrue), read(node.whenFalse));
		if (ts.isBinaryExpression(node)) return ofBinary(node, read);
		if (ts.isArrayLiteralExpression(node)) return either(...node.elements.map(read));
		if (ts.isObjectLiteralExpression(node)) {
			const values = node.properties.filter(ts.isPropertyAssignment);
			return either(...values.map(({ initializer }) => read(initializer)));
		}
		if (ts.isCallExpression(node)) return ofCall(node, read, readPart);
		if (ts.isIdentifier(node) && node.text === 'undefined') return [];
		if (ts.isIdentifier(node)) return ofSymbol(symbolAt(node), read, isPart);
		if (ts.isPropertyAccessExpression(node)) return ofProperty(node, read, isPart);
		const inner = innerOf(node);
		return inner ? read(inner) : gap();
	}

	function ofCall(node: ts.CallExpression, read: Read, readPart: Read): Form[] {
		const { expression: callee } = node;
		const [argument] = node.arguments;
		if (ts.isPropertyAccessExpression(callee)) {
			const { text: method } = callee.name;
			if (method === 'join') return ofList(callee.expression, argument, readPart);
			if (SAME_TEXT.has(method)) return read(callee.expression);
			// The one that hides secrets in it.
			if (method === 'text' && argument) return read(argument);
		}
		const declaration = functionAt(callee);
		return declaration ? either(...returnedBy(declaration).map(read)) : gap();
	}

	/** The texts of a list that is written out, one after the other. Of one that may be left out nothing is told. */
	function ofList(list: ts.Node, separator: ts.Node | undefined, readPart: Read): Form[] {
		const literal = listAt(list);
		if (!literal) return gap();
		const between = separator && ts.isStringLiteralLike(separator) ? separator.text : ',';
		return joined(
			literal.elements.flatMap((element, index) => {
				const forms = ts.isSpreadElement(element) ? gap() : readPart(element);
				const part = forms.some(({ text }) => text === '') ? gap() : forms;
				return index === 0 ? [part] : [[{ text: between, from: [] }], part];
			}),
		);
	}

	function listAt(node: ts.Node): ts.ArrayLiteralExpression | undefined {
		if (ts.isArrayLiteralExpression(node)) return node;
		if (ts.isCallExpression(node) && ts.isPropertyAccessExpression(node.expression)) {
			return listAt(node.expression.expression);
		}
		const declaration = ts.isIdentifier(node) ? symbolAt(node)?.valueDeclaration : undefined;
		return declaration && ts.isVariableDeclaration(declaration) && declaration.initializer
			? listAt(declaration.initializer)
			: undefined;
	}

	function symbolAt(node: ts.Node): ts.Symbol | undefined {
		const symbol = ts.isShorthandPropertyAssignment(node.parent)
			? checker.getShorthandAssignmentValueSymbol(node.parent)
			: checker.getSymbolAtLocation(node);
		return symbol && symbol.flags & ts.SymbolFlags.Alias
			? checker.getAliasedSymbol(symbol)
			: symbol;
	}

	function ofSymbol(symbol: ts.Symbol | undefined, read: Read, isPart: boolean): Form[] {
		const declaration = symbol?.valueDeclaration;
		if (!declaration) return gap();
		if (ts.isPropertyAssignment(declaration)) return read(declaration.initializer);
		if (ts.isVariableDeclaration(declaration) && declaration.initializer) {
			return read(declaration.initializer);
		}
		if (ts.isBindingElement(declaration) && declaration.initializer) {
			return either(gap(), read(declaration.initializer));
		}
		if (ts.isBindingElement(declaration)) return ofPlace(declaration, read);
		return ts.isParameter(declaration) && !isPart ? handedIn(declaration, read) : gap();
	}

	/** Of an object that a function is handed: what it has under this name wherever it is written out. */
	function ofProperty(node: ts.PropertyAccessExpression, read: Read, isPart: boolean): Form[] {
		const { expression, name } = node;
		const object = symbolAt(expression)?.valueDeclaration;
		const given = object && ts.isParameter(object) && !isPart ? givenTo(object) : [];
		const values = given
			.filter(ts.isObjectLiteralExpression)
			.flatMap(({ properties }) => properties.filter(ts.isPropertyAssignment))
			.filter((property) => property.name.getText() === name.text);
		if (values.length === 0) return ofSymbol(symbolAt(name), read, isPart);
		return either(...values.map(({ initializer }) => read(initializer)));
	}

	/** One of several names that are given their values at once, by a list that is written out. */
	function ofPlace(element: ts.BindingElement, read: Read): Form[] {
		const { parent: names } = element;
		const { parent } = names;
		if (!ts.isArrayBindingPattern(names) || !ts.isVariableDeclaration(parent)) return gap();
		const place = names.elements.indexOf(element);
		const placeIn = (list: ts.Node | undefined): Form[] => {
			if (list && ts.isConditionalExpression(list)) {
				return either(placeIn(list.whenTrue), placeIn(list.whenFalse));
			}
			const value = list && ts.isArrayLiteralExpression(list) ? list.elements[place] : undefined;
			return value ? read(value) : gap();
		};
		return placeIn(parent.initializer);
	}

	/** What a function gets where it is called. */
	function handedIn(parameter: ts.ParameterDeclaration, read: Read): Form[] {
		const given = givenTo(parameter);
		const all = parameter.initializer ? [...given, parameter.initializer] : given;
		return all.length === 0 ? gap() : either(...all.map(read));
	}

	function givenTo(parameter: ts.ParameterDeclaration): ts.Expression[] {
		const index = parameter.parent.parameters.indexOf(parameter);
		return callsOf(parameter.parent).flatMap((call) => call.arguments[index] ?? []);
	}

	function functionAt(callee: ts.Expression): ts.Node | undefined {
		const name = ts.isPropertyAccessExpression(callee) ? callee.name : callee;
		const declaration = symbolAt(name)?.valueDeclaration;
		if (!declaration || ts.isFunctionDeclaration(declaration)) return declaration;
		const value = ts.isVariableDeclaration(declaration) ? declaration.initializer : undefined;
		return value && ts.isArrowFunction(value) ? value : undefined;
	}
}

/** What stands within brackets, a type, a spread or the like. */
function innerOf(node: ts.Node): ts.Node | undefined {
	const isAround =
		ts.isParenthesizedExpression(node) ||
		ts.isAsExpression(node) ||
		ts.isSatisfiesExpression(node) ||
		ts.isNonNullExpression(node) ||
		ts.isAwaitExpression(node) ||
		ts.isSpreadElement(node) ||
		// One of a table's entries: any of them.
		ts.isElementAccessExpression(node);
	return isAround ? node.expression : undefined;
}

function ofTemplate(node: ts.TemplateExpression, readPart: Read): Form[] {
	const literal = (text: string): Form[] => [{ text, from: [node] }];
	return joined([
		literal(node.head.text),
		...node.templateSpans.flatMap((span) => [
			readPart(span.expression),
			literal(span.literal.text),
		]),
	]);
}

function ofBinary({ left, operatorToken, right }: ts.BinaryExpression, read: Read): Form[] {
	switch (operatorToken.kind) {
		case ts.SyntaxKind.PlusToken:
			return joined([read(left), read(right)]);
		case ts.SyntaxKind.AmpersandAmpersandToken:
			return either([{ text: '', from: [] }], read(right));
		case ts.SyntaxKind.BarBarToken:
		case ts.SyntaxKind.QuestionQuestionToken:
			return either(read(left), read(right));
		default:
			return gap();
	}
}

function returnedBy(declaration: ts.Node): ts.Expression[] {
	const { body } = declaration as ts.FunctionLikeDeclaration;
	if (!body) return [];
	if (!ts.isBlock(body)) return [body];
	const found: ts.Expression[] = [];
	const visit = (node: ts.Node): void => {
		if (ts.isFunctionLike(node)) return;
		if (ts.isReturnStatement(node) && node.expression) found.push(node.expression);
		ts.forEachChild(node, visit);
	};
	visit(body);
	return found;
}

function gap(): Form[] {
	return [{ text: GAP, from: [] }];
}

function either(...alternatives: Form[][]): Form[] {
	return alternatives.flat();
}

function asPart(forms: Form[]): Form[] {
	const texts = new Set(forms.map(({ text }) => text));
	const [only] = texts;
	// A name that a message always has, such as a provider's. One in small letters, such as a model's, may change.
	const isFixed = texts.size === 1 && !only!.includes(GAP) && /\p{Lu}/u.test(only!);
	const saysSomething = forms.some(({ text }) => wordsIn(text) >= FEWEST_WORDS_OF_PART);
	return isFixed || (saysSomething && texts.size <= MAX_PART_FORMS) ? forms : gap();
}

function joined(parts: Form[][]): Form[] {
	return parts.reduce<Form[]>(
		(forms, part) => {
			const ends = forms.length * part.length > MAX_FORMS ? gap() : part;
			return forms.flatMap(({ text, from }) =>
				ends.map((end) => ({ text: text + end.text, from: [...from, ...end.from] })),
			);
		},
		[{ text: '', from: [] }],
	);
}

/** Gaps beside each other are one. */
export function tidied(text: string): string {
	return text
		.replace(/\s+/g, ' ')
		.replace(/…(?: ?…)+/g, GAP)
		.trim();
}

export function wordsIn(text: string): number {
	return text.match(/\p{L}+(?:['’]\p{L}+)?/gu)?.length ?? 0;
}
