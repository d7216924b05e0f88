// From the image fields of one item to a request, and from there to its output: shared by Generate and Edit.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { taskItem } from '../../../../pipeline/imageItems';
import type { LocalImage } from '../../../../pipeline/files';
import type { LocalRequest } from '../../../../pipeline/inputImages';
import type { ImageTask } from '../../../../providers/contract';
import { readOutput } from '../../../shared/imageParameters';
import {
	readNumber,
	readOptions,
	readPicked,
	readSize,
	readText,
	toText,
} from '../../../shared/parameters';
import { reportTokens } from '../../../shared/tokenUsage';
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
	if (context.getNodeParameter('completion', itemIndex) === 'return') {
		const submitted = await tasks.submit(request, itemIndex);
		return submitted.map((task) => taskItem(connection, task, itemIndex));
	}
	const made = await images.submitAndWait(request, itemIndex);
	for (const task of made) reportUsage(session, task);
	return await images.collect(
		made,
		readOutput(context, readOptions(context, itemIndex), itemIndex),
	);
}

export function readRequest(
	{ context }: OpenAiSession,
	itemIndex: number,
	references: LocalImage[],
	mask?: LocalImage,
): LocalRequest {
	const options = readOptions(context, itemIndex);
	const { background, compression, outputFormat } = options;
	return {
		model: readPicked(context, 'model', 'Model', itemIndex),
		prompt: readText(context, 'prompt', 'Prompt', itemIndex),
		size: readSize(context, itemIndex),
		quality: readText(context, 'quality', 'Quality', itemIndex) || undefined,
		count: readNumber(context, 'numberOfImages', 'Number of Images', itemIndex),
		background: toText(background, 'Background') || undefined,
		outputFormat: toText(outputFormat, 'Output Format') || undefined,
		compression: compression === undefined ? undefined : Number(compression),
		extras: readExtras(options),
		references,
		mask,
	};
}

export function readExtras(options: IDataObject): Record<string, unknown> {
	const given = EXTRAS.filter((name) => options[name] !== undefined && options[name] !== '');
	return Object.fromEntries(given.map((name) => [name, options[name]]));
}

/** Tells n8n how many tokens were used, where OpenAI has told us. */
export function reportUsage({ context }: OpenAiSession, { usage }: ImageTask): void {
	reportTokens(context, usage?.input_tokens, usage?.output_tokens);
}
