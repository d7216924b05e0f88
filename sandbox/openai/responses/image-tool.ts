// Reads the image_generation tool of a response into an image job.
import { type Account, checkModel } from '../accounts/accounts';
import { directivesOf } from '../endpoint';
import { invalid, toolModelNotFound } from '../errors';
import { Fields, isObject } from '../fields';
import { InputImages, IMAGES_LIMIT, tooManyImages } from '../images/input-images';
import type { EditMaterial, ImageJob } from '../images/job';
import {
	checkJobSize,
	checkMaterial,
	readFidelity,
	readOutput,
	readQuality,
} from '../images/parameters';
import { imageRulesOf } from '../models';
import { type PictureReader, readReference } from '../pictures';
import type { ResponseInput } from './input';

const USUAL_MODEL = 'gpt-image-2';

export type ImageAction = 'generate' | 'edit';

export interface ImageToolCall {
	job: ImageJob;
	action: ImageAction;
	/** Early looks, in a stream. */
	partialImages: number;
}

/** Undefined when the response has no such tool. */
export async function readImageTool(
	tools: unknown[],
	input: ResponseInput,
	account: Account,
	reader: PictureReader,
): Promise<ImageToolCall | undefined> {
	const index = tools.findIndex((tool) => isObject(tool) && tool.type === 'image_generation');
	const given = tools[index];
	if (!isObject(given)) return undefined;
	const tool = new Fields(given, false, `tools[${index}]`);
	tool.accept('type');
	const model = tool.text('model') ?? USUAL_MODEL;
	checkModel(account, model, 'image', toolModelNotFound);
	const rules = imageRulesOf(model);
	const size = tool.text('size') ?? rules.defaultSize;
	const quality = readQuality(tool, rules);
	const output = readOutput(tool, rules, account, true);
	readFidelity(tool, rules);
	const partials = tool.integer('partial_images', 0, 3) ?? 0;
	if (partials > 0 && (output.format === 'gif' || output.format === 'svg')) {
		const message = `'partial_images' is not supported when 'output_format' is '${output.format}'.`;
		throw invalid(message, 'invalid_value', tool.nameOf('partial_images'));
	}
	const wanted = tool.choice('action', ['auto', 'generate', 'edit']) ?? 'auto';
	const mask = tool.object('input_image_mask');
	tool.refuseOthers();
	const action = chooseAction(wanted, input, tool);
	if (mask && action !== 'edit') {
		throw invalid(
			'A mask needs an image to edit in the input.',
			'invalid_value',
			tool.nameOf('input_image_mask'),
		);
	}
	const material = action === 'edit' ? await readMaterial(input, mask, tool, reader) : undefined;
	const prompt = input.lastUserText;
	const job: ImageJob = {
		model,
		rules,
		prompt,
		drawnPrompt: directivesOf(prompt).prompt,
		n: 1,
		size,
		quality,
		...output,
		answerAs: 'base64',
		stream: false,
		partialImages: 0,
		...(material && { material }),
	};
	checkJobSize(job, tool.nameOf('size'));
	checkMaterial(job, tool.nameOf('input_image_mask'));
	return { action, job, partialImages: partials };
}

function chooseAction(
	wanted: 'auto' | ImageAction,
	{ pictures }: ResponseInput,
	tool: Fields,
): ImageAction {
	if (wanted === 'edit' && pictures.length === 0) {
		throw invalid(
			"The action 'edit' needs an image in the input.",
			'invalid_value',
			tool.nameOf('action'),
		);
	}
	if (wanted !== 'auto') return wanted;
	return pictures.length > 0 ? 'edit' : 'generate';
}

async function readMaterial(
	{ pictures }: ResponseInput,
	mask: unknown,
	tool: Fields,
	reader: PictureReader,
): Promise<EditMaterial | undefined> {
	if (pictures.length > IMAGES_LIMIT) throw tooManyImages('input', pictures.length);
	const images = new InputImages();
	for (const { bytes, param } of pictures) await images.add(bytes, param);
	const maskParam = tool.nameOf('input_image_mask');
	if (mask) await images.setMask(await readReference(mask, maskParam, reader), maskParam);
	return images.finish(maskParam);
}
