// Every image endpoint in the types of fal's official client: its pictures are found in its output, its images in its input.
import { readFileSync } from 'fs';
import path from 'path';
import ts from 'typescript';

import { referenceFieldsOf } from '../../../../providers/described/dialect';
import type { InputField } from '../../../../providers/described/inputFields';
import { DIALECT } from '../../../../providers/fal/models';
import { readResult } from '../../../../providers/fal/results';
import { answerWith } from '../support';

const TYPES = path.join(
	__dirname,
	'../../../../node_modules/@fal-ai/client/src/types/endpoints.d.ts',
);
const source = ts.createSourceFile(TYPES, readFileSync(TYPES, 'utf8'), ts.ScriptTarget.Latest);

interface Member {
	name: string;
	isOptional: boolean;
	type: ts.TypeNode;
}

const declared = new Map<string, ts.TypeAliasDeclaration | ts.InterfaceDeclaration>();
for (const statement of source.statements) {
	if (ts.isTypeAliasDeclaration(statement) || ts.isInterfaceDeclaration(statement)) {
		declared.set(statement.name.text, statement);
	}
}

const nameOf = (type: ts.TypeNode): string =>
	ts.isTypeReferenceNode(type) ? type.typeName.getText(source) : '';

/** The members of a type, whatever it is called by. */
function membersOf(type: ts.TypeNode | ts.Declaration | undefined): Member[] {
	if (!type) return [];
	if (ts.isInterfaceDeclaration(type) || ts.isTypeLiteralNode(type)) {
		return type.members.filter(ts.isPropertySignature).map((member) => ({
			name: member.name.getText(source).replace(/^["']|["']$/g, ''),
			isOptional: member.questionToken !== undefined,
			type: member.type!,
		}));
	}
	if (ts.isTypeAliasDeclaration(type)) return membersOf(type.type);
	if (ts.isIntersectionTypeNode(type)) return type.types.flatMap((each) => membersOf(each));
	return ts.isTypeReferenceNode(type as ts.TypeNode)
		? membersOf(declared.get(nameOf(type as ts.TypeNode)))
		: [];
}

const elementOf = (type: ts.TypeNode): ts.TypeNode | undefined => {
	if (ts.isArrayTypeNode(type)) return type.elementType;
	return nameOf(type) === 'Array' ? (type as ts.TypeReferenceNode).typeArguments?.[0] : undefined;
};
/** What has an address is a file. */
const isFile = (type: ts.TypeNode): boolean => {
	if (ts.isUnionTypeNode(type)) return type.types.some((each) => isFile(each));
	return membersOf(type).some(({ name, isOptional }) => name === 'url' && !isOptional);
};

/** What a film or a 3D object is called, which a few models make beside a picture. */
const OTHERS = /video|audio|mesh|model|texture/;

/** As a model answers: the same file wherever one may stand. */
function sampleOf(type: ts.TypeNode, withOptional: boolean): Record<string, unknown> {
	let count = 0;
	const fileAt = (name: string) => {
		const [ending, contentType] = OTHERS.test(name) ? ['bin', 'video/mp4'] : ['png', 'image/png'];
		return { url: `https://v3.fal.media/files/${count++}.${ending}`, content_type: contentType };
	};
	const entries = membersOf(type)
		.filter(({ isOptional }) => withOptional || !isOptional)
		.flatMap(({ name, type: member }): Array<[string, unknown]> => {
			const element = elementOf(member);
			if (element && (isFile(element) || /^unknown$/.test(element.getText(source))))
				return [[name, [fileAt(name), fileAt(name)]]];
			return isFile(member) ? [[name, fileAt(name)]] : [];
		});
	return Object.fromEntries(entries);
}

interface Endpoint {
	id: string;
	input: Member[];
	output: ts.TypeNode;
}
const endpoints: Endpoint[] = membersOf(declared.get('EndpointTypeMap')).map(({ name, type }) => {
	const parts = new Map(membersOf(type).map((member) => [member.name, member.type]));
	return { id: name, input: membersOf(parts.get('input')), output: parts.get('output')! };
});

const IMAGES = /^(images?|.*_images?|masks?|.*_masks?)$/;
/** Those whose answer has a picture, whatever else it has. */
const imageEndpoints = endpoints.filter(({ output }) =>
	membersOf(output).some(({ name, type }) => IMAGES.test(name) && isFile(elementOf(type) ?? type)),
);

test('the types have as many endpoints as ever', () => {
	expect(endpoints).toHaveLength(1207);
	expect(imageEndpoints).toHaveLength(546);
});

const task = { id: 'a/b/requests/1', status: 'succeeded' as const, images: [], raw: {} };

test.each([true, false])(
	'the pictures of every output are found, with what may be left out: %s',
	(withOptional) => {
		const lost = imageEndpoints.filter(({ output }) => {
			const body = sampleOf(output, withOptional);
			if (Object.keys(body).length === 0) return false;
			const { status, images, unread = 0 } = readResult(answerWith({ body }), task);
			const isPicture = images.every(({ url }) => url?.endsWith('.png'));
			return status !== 'succeeded' || images.length === 0 || unread > 0 || !isPicture;
		});
		expect(lost.map(({ id }) => id)).toEqual([]);
	},
);

test('the fields for input images are found, wherever an input has any', () => {
	const TAKEN =
		/^(?!.*(mask|style|control|adapter|pose|depth|texture|fill|background|frame|images_data)).*image.*_urls?$/;
	const lost = imageEndpoints.filter(({ input }) => {
		const fields = new Map(
			input.map(({ name, type, isOptional }): [string, InputField] => [
				name,
				{
					name,
					title: name,
					type: elementOf(type) ? 'array' : 'string',
					isInteger: false,
					takesObject: false,
					isRequired: !isOptional,
				},
			]),
		);
		const { one, many } = referenceFieldsOf(fields, DIALECT);
		return one === undefined && many === undefined && input.some(({ name }) => TAKEN.test(name));
	});
	expect(lost.map(({ id }) => id)).toEqual([]);
});
