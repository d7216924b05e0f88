// In what form Analyze answers: in words, in fields that the person names, ready for a post, or as data.
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import type { Question } from '../../../../providers/openai/analyze';
import { checkAnswerFields, type AnswerField } from '../../../../providers/openai/namedAnswer';
import { readText, toText } from '../../../shared/parameters/readParameters';

export const FOR_POST = 'post';

/** What a post wants beside its picture. */
const POST_FIELDS: AnswerField[] = [
	{
		name: 'caption',
		type: 'text',
		description:
			'The caption of a social media post with its picture: one to three sentences, without hashtags, in the language of the request',
	},
	{
		name: 'altText',
		type: 'text',
		description:
			"What the post's picture shows, for people who can't see it: one plain sentence of at most 125 characters, in the same language",
	},
	{
		name: 'hashtags',
		type: 'texts',
		description:
			'Three to eight fitting hashtags, each with # at its beginning and no spaces in it',
	},
];

export const answerInField: INodeProperties = {
	displayName: 'Answer In',
	name: 'answerIn',
	type: 'options',
	options: [
		{
			name: 'Caption, Alt Text and Hashtags',
			value: FOR_POST,
			description:
				'For a post, from its picture or from what the text says of it. Comes out as answer.caption, answer.altText and answer.hashtags.',
		},
		{
			name: 'JSON',
			value: 'json',
			description: 'Data in a form that you describe in the text. Comes out as answer.',
		},
		{
			name: 'Named Fields',
			value: 'fields',
			description: 'One value for each field that you name. Comes out as answer.NAME.',
		},
		{ name: 'Text', value: 'text', description: 'Words. Comes out as text.' },
	],
	default: 'text',
	description: 'In what form the answer comes out',
};

export const answerFieldsField: INodeProperties = {
	displayName: 'Answer Fields',
	name: 'answerFields',
	type: 'fixedCollection',
	typeOptions: { multipleValues: true, multipleValueButtonText: 'Add Field', sortable: true },
	placeholder: 'Add Field',
	default: { fields: [{ name: '', type: 'text', description: '' }] },
	displayOptions: { show: { answerIn: ['fields'] } },
	description: 'What the answer consists of',
	options: [
		{
			displayName: 'Field',
			name: 'fields',
			values: [
				{
					displayName: 'Name',
					name: 'name',
					type: 'string',
					default: '',
					placeholder: 'e.g. mainColour',
					description: 'What the field is called on the output, in any language',
				},
				{
					displayName: 'Type',
					name: 'type',
					type: 'options',
					options: [
						{ name: 'List of Texts', value: 'texts' },
						{ name: 'Number', value: 'number' },
						{ name: 'Text', value: 'text' },
						{ name: 'Yes or No', value: 'boolean' },
					],
					default: 'text',
				},
				{
					displayName: 'Description',
					name: 'description',
					type: 'string',
					default: '',
					placeholder: 'e.g. The colour that most of the product has, in one word',
					description: 'What belongs in the field. The name alone often says it.',
				},
			],
		},
	],
};

/** Undefined for an answer in words. Throws a badInput failure when the fields are none to answer in. */
export function readAnswerIn(context: IExecuteFunctions, itemIndex: number): Question['answerIn'] {
	const answerIn = readText(context, 'answerIn', 'Answer In', itemIndex);
	if (answerIn === FOR_POST) return POST_FIELDS;
	if (answerIn === 'json') return 'json';
	if (answerIn !== 'fields') return undefined;
	const given: unknown = context.getNodeParameter('answerFields.fields', itemIndex, []);
	const fields = (Array.isArray(given) ? (given as IDataObject[]) : []).map(readField);
	checkAnswerFields(fields);
	return fields;
}

function readField({ name, type, description }: IDataObject): AnswerField {
	return {
		name: toText(name, 'The Name of an answer field').trim(),
		type: isType(type) ? type : 'text',
		description: toText(description, 'The Description of an answer field').trim() || undefined,
	};
}

function isType(value: unknown): value is AnswerField['type'] {
	return value === 'boolean' || value === 'number' || value === 'texts';
}
