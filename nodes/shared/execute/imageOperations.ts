// Image: Generate and Image: Edit, for every node that has them: only what differs is said by the node.
import type { IExecuteFunctions, INodeProperties, INodePropertyOptions } from 'n8n-workflow';

import { testUrlHint } from '../../../pipeline/callbacks';
import { nameUnfetched, type LocalRequest } from '../../../pipeline/media';
import { resultOf, type Result } from '../../../pipeline/result';
import { type ImageRun, type ItemWork } from '../../../pipeline/session';
import { addHint } from '../../../pipeline/told';
import type { ImageTask } from '../../../providers/contract';
import { priceOf } from '../../../providers/limits/orderPrice';
import { editPromptField, inputImagesField, promptField } from '../fields/imageFields';
import { optionsField } from '../fields/optionsField';
import { withSeveralFormats } from '../fields/severalFormats';
import { spendingOptions } from '../fields/spendingFields';
import { IMAGES_AS_ANSWER } from '../fields/toolFields';
import { readInputImages, readMask, readOutput } from '../parameters/imageParameters';
import { readFormats } from '../parameters/readFormats';
import { readPictureLabels } from '../parameters/pictureLabels';
import { readCallbackUrl } from '../parameters/readCallbackUrl';
import {
	optionalNumber,
	readOptions,
	readPicked,
	readSize,
	readText,
	toNumber,
	toText,
} from '../parameters/readParameters';
import { checkReference, readReference } from '../parameters/readReference';
import { startOnly } from './startOnly';
import { readCompletion } from '../parameters/readCompletion';
import type { NodeSession } from './executeResources';
import { estimateCost } from './estimateCost';
import type { ItemOperation, ItemPrice } from './operations';

/** What the image operations need of a node's session. */
export interface ImageSession extends NodeSession {
	context: IExecuteFunctions;
	apiKey: string;
	baseUrl: string;
}

/** What the person has sent in. */
export type InputPictures = Pick<LocalRequest, 'references' | 'mask' | 'markup'>;

/** What an item is to have made, and by which way to the provider. */
export interface ImageOrder {
	run: ImageRun;
	request: LocalRequest;
	/** What a person should know of the order, although it can be made. */
	hint?: string;
	/** To be told of the tasks that were waited for, or why there are none. */
	whenMade?(made: Result<ImageTask[]>): void;
}

/** An operation that makes another image of one that is there, without words: an upscaler, for one. */
interface Conversion {
	option: INodePropertyOptions;
	model: INodeProperties;
	fields: INodeProperties[];
}

interface ImageFields<Session> {
	model: INodeProperties;
	/** Where others edit than draw from words. */
	editModel?: INodeProperties;
	conversions?: Conversion[];
	/** Size, quality and number of images, as far as the models have them. */
	choices: INodeProperties[];
	/** The way of waiting, where there are several. */
	completion?: INodeProperties[];
	options: INodeProperties[];
	/** Options of Generate alone. */
	generateOptions?: INodeProperties[];
	/** Options of Edit alone. */
	editOptions?: INodeProperties[];
	/** Which of the options a price depends on, by their names, and whether it depends on the way of waiting. */
	pricedOptions?: readonly string[];
	isPricedByCompletion?: boolean;
	/** Left out where no model takes a mask. */
	maskFields?: INodeProperties[];
	/** Fields that only Edit has, behind the input images and their mask. */
	editFields?: INodeProperties[];
	/** Pictures besides the input images and their mask. */
	readMorePictures?(session: Session, itemIndex: number): Promise<Pick<InputPictures, 'markup'>>;
	/** What the images are ordered with, where it must be found first: unlike the price, that may ask the provider. */
	runToOrder?(session: Session, itemIndex: number): Promise<ImageRun> | undefined;
	/** Adds to what the shared fields say what only this provider's own fields do. */
	orderOf(
		session: Session,
		request: LocalRequest,
		itemIndex: number,
		/** By when whatever must be asked for it is to be answered, where it is made. */
		deadline?: Deadline,
	): ImageOrder | Promise<ImageOrder>;
}

type Deadline = ItemWork['deadline'];
type ReadPictures<Session> = (session: Session, itemIndex: number) => Promise<InputPictures>;

const IMAGES_WITH_MASK = 'The images to work from. With a mask, it belongs to the first one.';
const IMAGES_WITHOUT_MASK =
	'The images to work from. There is no mask: say in the Prompt what should change and what should stay.';

const generateOption = {
	name: 'Generate',
	value: 'generate',
	action: 'Generate an image',
	description: 'Make images from a description',
};

const editOption = {
	name: 'Edit',
	value: 'edit',
	action: 'Edit an image',
	description: 'Make images from other images, such as a product photo in a new scene',
};

export function imageOperations<Session extends ImageSession>({
	model,
	editModel = model,
	conversions = [],
	choices,
	completion = [],
	options,
	generateOptions = [],
	editOptions = [],
	pricedOptions = [],
	isPricedByCompletion = false,
	maskFields,
	editFields = [],
	readMorePictures,
	runToOrder,
	orderOf,
}: ImageFields<Session>): Array<ItemOperation<Session>> {
	const inputFields = [
		{ ...inputImagesField, description: maskFields ? IMAGES_WITH_MASK : IMAGES_WITHOUT_MASK },
		...(maskFields ?? []),
	];
	const wishes = withSeveralFormats(choices, completion.length > 0 ? 'whenWaiting' : 'always');
	return [
		{
			option: generateOption,
			isOrder: true,
			answer: IMAGES_AS_ANSWER,
			fields: [
				model,
				promptField,
				...wishes,
				...completion,
				optionsField([...options, ...generateOptions, ...spendingOptions]),
			],
			...makeImages(
				async () => ({ references: [] }),
				() => ({ references: [] }),
			),
		},
		{
			option: editOption,
			isOrder: true,
			answer: IMAGES_AS_ANSWER,
			fields: [
				editModel,
				editPromptField,
				...inputFields,
				...editFields,
				...wishes,
				...completion,
				optionsField([...options, ...editOptions, ...spendingOptions]),
			],
			...makeImages(
				async (session, itemIndex) => ({
					references: await readInputImages(session.context, itemIndex),
					mask: maskFields ? await readMask(session.context, itemIndex) : undefined,
					...(await readMorePictures?.(session, itemIndex)),
				}),
				({ context }, itemIndex) => readPictureLabels(context, itemIndex),
			),
		},
		...conversions.map((conversion) => ({
			option: conversion.option,
			isOrder: true,
			answer: IMAGES_AS_ANSWER,
			fields: [
				conversion.model,
				{ ...inputImagesField, description: 'The image to work from' },
				...conversion.fields,
				...completion,
				optionsField([...options, ...spendingOptions]),
			],
			...makeImages(
				async ({ context }, itemIndex) => ({
					references: await readInputImages(context, itemIndex),
				}),
				({ context }, itemIndex) => readPictureLabels(context, itemIndex),
			),
		})),
		estimateCost<Session>({
			model,
			choices: [
				...(maskFields ?? []),
				...editFields,
				...withSeveralFormats(choices, isPricedByCompletion ? 'whenWaiting' : 'always'),
				...(isPricedByCompletion ? completion : []),
			],
			options: [...options, ...editOptions].filter(({ name }) => pricedOptions.includes(name)),
			price: async (session, itemIndex) =>
				await priceIn(session, readPictureLabels(session.context, itemIndex), itemIndex),
		}),
	];

	/** What the fields ask for, with as much of the pictures as is known; and the prompt in the person's own words. */
	async function readOrder(
		session: Session,
		pictures: InputPictures,
		itemIndex: number,
		deadline?: Deadline,
	): Promise<ImageOrder & { prompt: string }> {
		const request = readImageRequest(session, itemIndex, pictures);
		const ordered = await orderOf(session, request, itemIndex, deadline);
		return { ...ordered, prompt: request.prompt };
	}

	async function priceIn(
		session: Session,
		pictures: InputPictures,
		itemIndex: number,
	): Promise<ItemPrice> {
		const { run, request } = await readOrder(session, pictures, itemIndex);
		const { provider } = run.connection;
		return { ...priceOf(request, provider), orderedFrom: provider };
	}

	/** Makes the images as the fields say, and waits for them or not. */
	function makeImages(
		readPictures: ReadPictures<Session>,
		readLabels: (session: Session, itemIndex: number) => InputPictures,
	): Required<Pick<ItemOperation<Session>, 'price' | 'run' | 'suspend'>> {
		const order = async (session: Session, { itemIndex, deadline }: ItemWork) => {
			const pictures = await readPictures(session, itemIndex);
			const ready = await readOrder(session, pictures, itemIndex, deadline);
			const { request, prompt, hint } = ready;
			const run = (await runToOrder?.(session, itemIndex)) ?? ready.run;
			checkReference(run.connection, request.orderReference, itemIndex);
			const ofUrl = testUrlHint(request.callbackUrl, session.context.getMode() === 'manual');
			for (const told of [hint, ofUrl]) {
				if (told !== undefined) addHint(run.connection, told, itemIndex);
			}
			const output = {
				...readOutput(session.context, itemIndex, prompt),
				tellsOrderedBefore:
					run.connection.provider.honoursKeys && request.orderReference !== undefined,
			};
			return { ...ready, run, output };
		};
		return {
			price: async (session, itemIndex) =>
				await priceIn(session, readLabels(session, itemIndex), itemIndex),
			run: async (session, work) => {
				const { run, request, whenMade, output } = await order(session, work);
				if (readCompletion(session.context) === 'return') {
					return await namingImages(request, startOnly(run, work, request, output));
				}
				const made = await resultOf(run.submitAndWait(work, request));
				whenMade?.(made);
				if (!made.ok) throw nameUnfetched(made.error, request);
				return await namingImages(request, run.collect(work, made.value, output));
			},
			suspend: async (session, work) => {
				const { run, request, output } = await order(session, work);
				return await namingImages(request, run.submitSuspended(work, request, output));
			},
		};
	}
}

/** An input image that the provider could not fetch is told by the name that a person knows it by. */
async function namingImages<Value>(request: LocalRequest, work: Promise<Value>): Promise<Value> {
	const done = await resultOf(work);
	if (done.ok) return done.value;
	throw nameUnfetched(done.error, request);
}

/** The image fields of one item that the nodes share, as a request. A field that the operation doesn't have counts as empty. */
export function readImageRequest(
	{ context, apiKey, baseUrl }: ImageSession,
	itemIndex: number,
	pictures: InputPictures,
): LocalRequest {
	const orderReference = readReference(context, itemIndex);
	const options = readOptions(context, itemIndex);
	return {
		model: readPicked(context, 'model', 'Model', itemIndex),
		prompt: readText(context, 'prompt', 'Prompt', itemIndex),
		size: readSize(context, itemIndex),
		...readFormats(context, itemIndex),
		quality: readText(context, 'quality', 'Quality', itemIndex) || undefined,
		outputFormat: toText(options.outputFormat, 'Output Format') || undefined,
		background: toText(options.background, 'Background') || undefined,
		compression: optionalNumber(options, 'compression', 'Compression'),
		count: toNumber(context.getNodeParameter('numberOfImages', itemIndex, 1), 'Number of Images'),
		...pictures,
		callbackUrl: readCallbackUrl(context, { apiKey, baseUrl }, itemIndex, orderReference),
		orderReference,
	};
}
