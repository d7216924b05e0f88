// Image: Analyze. Asks a model about pictures, or has it write or improve a text such as a prompt.
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

import { dataUriOf } from '../../../../pipeline/media/dataUri';
import { addHint } from '../../../../pipeline/hints';
import { paidOnce, refuseUnknown, sendPaid } from '../../../../pipeline/once/paidOnce';
import { send } from '../../../../pipeline/http/send';
import { badInput } from '../../../../providers/failure';
import { createOpenAiChat, type Question, type Reply } from '../../../../providers/openai/chat';
import { readTools } from '../../../../providers/chatTools';
import { concurrencyOption, inputImagesField, modelField } from '../../../shared/imageFields';
import { readImages } from '../../../shared/imageParameters';
import type { ItemOperation } from '../../../shared/operations';
import { optionsField } from '../../../shared/optionsField';
import {
	optionalNumber,
	readOptions,
	readPicked,
	readText,
	toText,
} from '../../../shared/parameters';
import { reportTokens } from '../../../shared/tokenUsage';
import type { OpenAiSession } from '../../session';

const DEFAULT_MODEL = 'gpt-4o-mini';
const OPENAI = {
	name: 'OpenAI',
	whereToLook: 'platform.openai.com > Usage shows what was charged.',
};

const options: INodeProperties[] = [
	concurrencyOption,
	{
		displayName: 'Answer in JSON',
		name: 'wantsJson',
		type: 'boolean',
		default: false,
		description:
			'Whether to get the answer as data in JSON. Say in the text which fields you want, and use the word JSON.',
	},
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
	{
		displayName: 'Temperature',
		name: 'temperature',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 1 },
		default: 1,
		description: 'Low for sober and repeatable answers, high for surprising ones',
	},
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

export const analyze: ItemOperation<OpenAiSession> = {
	option: {
		name: 'Analyze',
		value: 'analyze',
		action: 'Analyze an image',
		description: 'Ask about images, or have a text such as a prompt written or improved',
	},
	fields: [
		modelField(DEFAULT_MODEL, 'searchChatModels'),
		{
			displayName: 'Text',
			name: 'text',
			type: 'string',
			typeOptions: { rows: 4 },
			default: '',
			required: true,
			placeholder: 'e.g. Describe this picture in one sentence for a web shop',
			description: 'Your question, or what to write',
		},
		{
			...inputImagesField,
			default: {},
			description: 'The images to ask about. Without any, the model works with the text alone.',
		},
		optionsField(options),
	],
	run: async ({ context, connection, baseUrl }, itemIndex) => {
		const chat = createOpenAiChat(baseUrl);
		const question = await readQuestion(context, itemIndex);
		const reply = await paidOnce(context, itemIndex, question, async (place) => {
			refuseUnknown(context, place.key, OPENAI);
			return await sendPaid(connection, {
				place,
				provider: OPENAI,
				send: async () => await send(connection, chat.ask(question), { isPaid: true }),
				read: async (answer) => chat.readReply(answer),
			});
		});
		reportTokens(context, reply.usage?.prompt_tokens, reply.usage?.completion_tokens);
		if (reply.isCut) {
			addHint(
				connection,
				`The answer of item ${itemIndex} was cut off. Raise Max Tokens in the Options.`,
			);
		}
		return [{ json: toJson(reply, question.wantsJson), pairedItem: { item: itemIndex } }];
	},
};

async function readQuestion(context: IExecuteFunctions, itemIndex: number): Promise<Question> {
	const chosen = readOptions(context, itemIndex);
	const text = readText(context, 'text', 'Text', itemIndex);
	if (text.trim() === '') {
		throw badInput('The Text is empty.', 'Enter a question, or what should be written.');
	}
	const imageUrls: string[] = [];
	for (const image of await readImages(context, itemIndex)) {
		imageUrls.push(await dataUriOf(context, image));
	}
	return {
		model: readPicked(context, 'model', 'Model', itemIndex),
		text,
		imageUrls,
		systemMessage: toText(chosen.systemMessage, 'System Message') || undefined,
		detail: imageUrls.length > 0 ? toText(chosen.detail, 'Detail') || undefined : undefined,
		maxTokens: optionalNumber(chosen, 'maxTokens', 'Max Tokens'),
		temperature: optionalNumber(chosen, 'temperature', 'Temperature'),
		wantsJson: chosen.wantsJson === true,
		...readTools(chosen.tools, toText(chosen.toolChoice, 'Tool Choice')),
	};
}

function toJson({ text, model, isCut, toolCalls, usage }: Reply, wantsJson: boolean): IDataObject {
	// An answer that was cut is no JSON any more, but it has been paid for.
	const data = wantsJson ? jsonParse<IDataObject | null>(text, { fallbackValue: null }) : null;
	const calls = toolCalls && { toolCalls: toolCalls as unknown as IDataObject[] };
	return { provider: 'openai', model, text, ...(data && { data }), ...calls, isCut, usage };
}
