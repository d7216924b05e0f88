// Image: Analyze. Asks a model about pictures, or has it write or improve a text such as a prompt.
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import {
	inlineFileOf,
	inputOf,
	nameUnfetched,
	picturesOn,
	shareOf,
} from '../../../../pipeline/media';
import { askOnce } from '../../../../pipeline/once';
import { resultOf } from '../../../../pipeline/result';
import { addHint, noteAnswerCost } from '../../../../pipeline/told';
import { badInput } from '../../../../providers/failure';
import { createOpenAiChat, type Question, type Reply } from '../../../../providers/openai/analyze';
import { jsonAnswer, namedAnswer } from '../../../../providers/openai/namedAnswer';
import { readTools } from '../../../../providers/requests/chatTools';
import { concurrencyOption, inputImagesField } from '../../../shared/fields/imageFields';
import {
	isWithoutImages,
	checkIncludeInputFields,
	readOptionalImages,
} from '../../../shared/parameters/imageParameters';
import type { ItemOperation } from '../../../shared/execute/operations';
import { optionsField } from '../../../shared/fields/optionsField';
import { includeInputFieldsOption } from '../../../shared/fields/outputFields';
import { temperatureOption } from '../../../shared/fields/temperatureOption';
import {
	optionalNumber,
	readOptions,
	readPicked,
	readText,
	toText,
} from '../../../shared/parameters/readParameters';
import { reportTokens } from '../../../shared/execute/tokenUsage';
import { chatModelField } from '../../chatModel';
import type { OpenAiSession } from '../../session';
import { answerFieldsField, answerInField, FOR_POST, readAnswerIn } from './answerFields';

const OPENAI = {
	name: 'OpenAI',
	whereToLook: 'platform.openai.com > Usage shows what was charged.',
};

interface AnswerData {
	/** Undefined where there is none to read. */
	answer?: unknown;
	/** What of it was asked for, and didn't come so. */
	lacking: string[];
}

const WORDS: AnswerData = { lacking: [] };

/** What is asked for where the person leaves it to the picture. */
const POST_REQUEST = 'Write what belongs to a social media post with this picture.';

const options: INodeProperties[] = [
	includeInputFieldsOption,
	concurrencyOption,
	{
		displayName: 'Detail',
		name: 'detail',
		type: 'options',
		options: [
			{ name: 'Automatic', value: 'auto' },
			{ name: 'High', value: 'high' },
			{ name: 'Low', value: 'low' },
		],
		default: 'auto',
		description: 'How closely the model looks at the images. High costs more.',
	},
	{
		displayName: 'Max Tokens',
		name: 'maxTokens',
		type: 'number',
		typeOptions: { minValue: 1 },
		default: 1000,
		description: 'How long the answer may become. A token is about four letters.',
	},
	{
		displayName: 'System Message',
		name: 'systemMessage',
		type: 'string',
		typeOptions: { rows: 2 },
		default: '',
		placeholder: 'e.g. You write prompts for product photos.',
		description: 'What the model should be and how it should answer',
	},
	temperatureOption,
	{
		displayName: 'Tool Choice',
		name: 'toolChoice',
		type: 'string',
		default: 'auto',
		placeholder: 'e.g. required',
		description:
			'With auto the model decides, none forbids tools, required demands one. Or the name of the tool that it must call.',
	},
	{
		displayName: 'Tools (JSON)',
		name: 'tools',
		type: 'json',
		default: '[]',
		description:
			"A list of functions that the model may ask for, as OpenAI describes them. The node doesn't run them: what the model asks for comes out as toolCalls, for your next steps.",
	},
];

const textField: INodeProperties = {
	displayName: 'Text',
	name: 'text',
	type: 'string',
	typeOptions: { rows: 4 },
	default: '',
	required: true,
	displayOptions: { hide: { answerIn: [FOR_POST] } },
	placeholder: 'e.g. Describe this picture in one sentence for a web shop',
	description: 'Your question, or what to write',
};

const postTextField: INodeProperties = {
	...textField,
	required: false,
	displayOptions: { show: { answerIn: [FOR_POST] } },
	placeholder: 'e.g. For our bakery on Instagram, cheerful, in Italian',
	description:
		'What the post is about, for whom, and in which language. May stay empty where there is a picture.',
};

export const analyze: ItemOperation<OpenAiSession> = {
	answer:
		'It returns one entry: text holds what the model says, or answer the fields that were asked for. The cost stands beside it.',
	option: {
		name: 'Analyze',
		value: 'analyze',
		action: 'Analyze an image',
		description:
			'Ask about images, have a caption and an alt text written, or a text such as a prompt improved',
	},
	isOrder: true,
	fields: [
		chatModelField,
		textField,
		postTextField,
		{
			...inputImagesField,
			description:
				'The images to ask about: as it stands, the one in the field data, where the item has one. Without any, the model works with the text alone.',
		},
		answerInField,
		answerFieldsField,
		optionsField(options),
	],
	aboutInput: true,
	run: async (session, work) => {
		const { context, connection } = session;
		const { itemIndex } = work;
		const chat = createOpenAiChat(session.baseUrl);
		const question = await readQuestion(session, itemIndex);
		const asked = await resultOf(
			askOnce(connection, work, {
				wish: question,
				provider: OPENAI,
				prepare: async () => chat.ask(question),
				read: chat.readReply,
			}),
		);
		if (!asked.ok) throw nameUnfetched(asked.error, { references: imagesOf(question) });
		const { value: reply, replayed } = asked.value;
		if (!replayed) {
			reportTokens(context, reply.usage?.prompt_tokens, reply.usage?.completion_tokens);
		}
		noteAnswerCost(context, itemIndex, reply.cost, replayed);
		for (const hint of hintsOf(reply, question, itemIndex)) addHint(connection, hint, itemIndex);
		const { binary } = inputOf(context, itemIndex);
		const json = toJson(reply, question);
		return [{ json, ...(binary && { binary }), pairedItem: { item: itemIndex } }];
	},
};

/** Those from the web by their addresses, each in its place. */
function imagesOf({ imageUrls }: Question) {
	return imageUrls.map((url) =>
		typeof url === 'string' ? { label: url, url } : { label: url.file.label },
	);
}

async function readQuestion(
	{ context, chooseChatModel, tellOnce }: OpenAiSession,
	itemIndex: number,
): Promise<Question> {
	const chosen = readOptions(context, itemIndex);
	checkIncludeInputFields(chosen);
	const answerIn = readAnswerIn(context, itemIndex);
	const imageUrls: Question['imageUrls'] = [];
	for (const image of await readOptionalImages(context, itemIndex)) {
		imageUrls.push((await inlineFileOf(context, image)) ?? image.url ?? '');
	}
	if (imageUrls.length === 0) tellUnasked(context, itemIndex, tellOnce);
	return {
		model: await chooseChatModel(readPicked(context, 'model', 'Model', itemIndex), itemIndex),
		text: readQuestionText(context, itemIndex, imageUrls.length > 0),
		imageUrls,
		systemMessage: toText(chosen.systemMessage, 'System Message') || undefined,
		detail: imageUrls.length > 0 ? toText(chosen.detail, 'Detail') || undefined : undefined,
		maxTokens: optionalNumber(chosen, 'maxTokens', 'Max Tokens'),
		temperature: optionalNumber(chosen, 'temperature', 'Temperature'),
		answerIn,
		...readTools(chosen.tools, toText(chosen.toolChoice, 'Tool Choice')),
	};
}

function readQuestionText(
	context: IExecuteFunctions,
	itemIndex: number,
	hasPictures: boolean,
): string {
	const text = readText(context, 'text', 'Text', itemIndex);
	if (text.trim() !== '') return text;
	const isForPost = context.getNodeParameter('answerIn', itemIndex, '') === FOR_POST;
	if (isForPost && hasPictures) return POST_REQUEST;
	if (isForPost) {
		throw badInput(
			'The Text is empty, and there is no picture to write about.',
			'Enter what the post is about, or add its picture under Input Images.',
		);
	}
	throw badInput('The Text is empty.', 'Enter a question, or what should be written.');
}

/** Tells of a picture that came in and isn't asked about, unless somebody has emptied Input Images. */
function tellUnasked(
	context: IExecuteFunctions,
	itemIndex: number,
	tellOnce: OpenAiSession['tellOnce'],
): void {
	if (isWithoutImages(context, itemIndex)) return;
	const [field] = picturesOn(context, itemIndex);
	if (field === undefined) return;
	tellOnce(
		`A picture came in, in the field "${field}", but none was asked about: the answer was written from the text alone. Enter this name under Input Images.`,
		itemIndex,
	);
}

function hintsOf(
	{ isCut, text, toolCalls }: Reply,
	{ answerIn, tools }: Question,
	itemIndex: number,
) {
	if (isCut) {
		return [`The answer of item ${itemIndex} was cut off. Raise Max Tokens in the Options.`];
	}
	if (text === '' && !(tools && toolCalls)) {
		return [
			`The answer of item ${itemIndex} is empty, and may have been charged. Ask otherwise, or choose another Model.`,
		];
	}
	if (answerIn === undefined || toolCalls) return [];
	const { answer, lacking } = answerOf(text, answerIn);
	if (answer === undefined) {
		return [
			`The answer of item ${itemIndex} didn't come in the form that was asked for. It was paid for, and is kept in the field text. Try another Model.`,
		];
	}
	if (lacking.length === 0) return [];
	return [
		`The answer of item ${itemIndex} lacks ${lacking.join(', ')}, or has it in another form than was asked for. It was paid for, and is kept in the field text. Try another Model.`,
	];
}

/** The data in the answer; without it where it was cut off, or written as the server liked. */
function answerOf(text: string, answerIn: NonNullable<Question['answerIn']>): AnswerData {
	return answerIn === 'json'
		? { answer: jsonAnswer(text), lacking: [] }
		: namedAnswer(text, answerIn);
}

function toJson(reply: Reply, { answerIn }: Question): IDataObject {
	const { text, model, isCut, toolCalls, usage, cost } = reply;
	const { answer, lacking } = answerIn ? answerOf(text, answerIn) : WORDS;
	const calls = toolCalls && { toolCalls: toolCalls as unknown as IDataObject[] };
	const account = {
		...(usage && { usage: usage as IDataObject }),
		...(cost && { cost: shareOf(cost, 0, 1) as unknown as IDataObject }),
	};
	const said = {
		...(answer !== undefined && { answer: answer as IDataObject }),
		// What can't be read as data has been paid for all the same.
		...((answer === undefined || lacking.length > 0) && { text }),
	};
	return { provider: 'openai', model, ...said, ...calls, isCut, ...account };
}
