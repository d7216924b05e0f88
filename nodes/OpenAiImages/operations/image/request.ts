// From the image fields of one item to a request, and from there to its output: shared by Generate and Edit.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import type { Connection } from '../../../../pipeline/connection';
import { taskItem } from '../../../../pipeline/media/imageItems';
import type { LocalImage } from '../../../../pipeline/media/files';
import { addHint } from '../../../../pipeline/hints';
import type { LocalRequest } from '../../../../pipeline/media/inputImages';
import type { ImageTask } from '../../../../providers/contract';
import { pixelsOf } from '../../../../providers/openai/sizes';
import { readCompletion } from '../../../shared/completion';
import { readOutput } from '../../../shared/imageParameters';
import {
	isSet,
	numberOption,
	optionalNumber,
	readNumber,
	readOptions,
	readPicked,
	readSize,
	readText,
	toText,
} from '../../../shared/parameters';
import { reportUsage } from '../../usage';
import type { OpenAiSession } from '../../session';

/** Options that OpenAI knows under the same names, and that not every model has. */
const EXTRAS = ['input_fidelity', 'moderation', 'response_format', 'safety_identifier', 'style'];

/** Makes the images, and waits for them or not, as the person chose. */
export async function makeImages(
	session: OpenAiSession,
	itemIndex: number,
	references: LocalImage[],
	mask?: LocalImage,
): Promise<INodeExecutionData[]> {
	const { context, images, tasks, connection } = session;
	const request = readRequest(session, itemIndex, references, mask);
	if (readCompletion(context) === 'return') {
		const submitted = await tasks.submit(request, itemIndex);
		return submitted.map((task) => taskItem(connection, task, itemIndex));
	}
	const options = readOptions(context, itemIndex);
	const extras = { ...request.extras, ...readStream(options) };
	const made = await images.submitAndWait({ ...request, extras }, itemIndex);
	for (const task of made) {
		// What a try takes up, an earlier one has reported.
		if (!task.replayed) reportUsage(context, task);
		hintAtMissing(connection, task, request.count, itemIndex);
	}
	return await images.collect(made, readOutput(context, options, itemIndex));
}

export function readRequest(
	{ context }: OpenAiSession,
	itemIndex: number,
	references: LocalImage[],
	mask?: LocalImage,
): LocalRequest {
	const options = readOptions(context, itemIndex);
	const { background, outputFormat } = options;
	const model = readPicked(context, 'model', 'Model', itemIndex);
	return {
		model,
		prompt: readText(context, 'prompt', 'Prompt', itemIndex),
		size: pixelsOf(readSize(context, itemIndex), model),
		quality: readText(context, 'quality', 'Quality', itemIndex) || undefined,
		count: readNumber(context, 'numberOfImages', 'Number of Images', itemIndex),
		background: toText(background, 'Background') || undefined,
		outputFormat: toText(outputFormat, 'Output Format') || undefined,
		compression: optionalNumber(options, 'compression', 'Compression'),
		extras: readExtras(options),
		references,
		mask,
	};
}

function readExtras(options: IDataObject): Record<string, unknown> {
	const given = EXTRAS.filter((name) => isSet(options[name]));
	return Object.fromEntries(given.map((name) => [name, options[name]]));
}

/** Partial images come in a stream only, so that asking for them asks for one. */
function readStream(options: IDataObject): Record<string, unknown> {
	const partialImages = numberOption(options, 'partialImages', 'Partial Images', 0, 0);
	if (options.stream !== true && partialImages === 0) return {};
	return { stream: true, ...(partialImages > 0 && { partial_images: partialImages }) };
}

/** A stream that broke off may have brought some of the images, which are kept. */
function hintAtMissing(
	connection: Connection,
	{ failure, images }: ImageTask,
	wanted: number,
	itemIndex: number,
): void {
	if (!failure) return;
	const arrived = `Only ${images.length} of ${wanted} images of item ${itemIndex} arrived.`;
	addHint(connection, `${arrived} ${failure.message}`.trim());
}
