// From the fields of one item to a chat request, and from there to its output: shared by Generate and Edit.
import type { INodeExecutionData } from 'n8n-workflow';

import type { LocalImage } from '../../../../pipeline/media/files';
import { failureIn, settle } from '../../../../pipeline/settle';
import { readOutput } from '../../../shared/imageParameters';
import { readNumber, readOptions, readPicked, readText, toText } from '../../../shared/parameters';
import { reportTokens } from '../../../shared/tokenUsage';
import type { ImageChatSession } from '../../session';
import { readParameters } from './chatParameters';

export async function makeImages(
	{ context, images }: ImageChatSession,
	itemIndex: number,
	references: LocalImage[],
): Promise<INodeExecutionData[]> {
	const options = readOptions(context, itemIndex);
	const prompt = readText(context, 'prompt', 'Prompt', itemIndex);
	const sizeWish = readText(context, 'sizeWish', 'Size Wish', itemIndex).trim();
	const request = {
		model: readPicked(context, 'model', 'Model', itemIndex),
		prompt:
			sizeWish === '' || prompt.trim() === '' ? prompt : `${prompt}\n\nImage size: ${sizeWish}`,
		count: readNumber(context, 'numberOfImages', 'Number of Images', itemIndex),
		references,
		extras: {
			systemMessage: toText(options.systemMessage, 'System Message') || undefined,
			parameters: readParameters(options),
		},
	};
	const outcome = await settle(images.submitAndWait(request, itemIndex));
	if (!outcome.ok) {
		const usage = failureIn(outcome.error)?.details.usage;
		reportTokens(context, usage?.prompt_tokens, usage?.completion_tokens);
		throw outcome.error;
	}
	const made = outcome.value;
	for (const { usage, replayed } of made) {
		// What a try takes up, an earlier one has reported.
		if (!replayed) reportTokens(context, usage?.prompt_tokens, usage?.completion_tokens);
	}
	return await images.collect(made, readOutput(context, options, itemIndex));
}
