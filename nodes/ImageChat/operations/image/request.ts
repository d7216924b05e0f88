// What only Image Chat's own fields say of an image, added to what the shared ones do.
import type { LocalRequest } from '../../../../pipeline/media';
import { failureIn } from '../../../../pipeline/result';
import { isSize, mendedSize } from '../../../../providers/limits/sizes';
import type { ImageOrder } from '../../../shared/execute/imageOperations';
import { reportTokens } from '../../../shared/execute/tokenUsage';
import { readOptions, readText, toText } from '../../../shared/parameters/readParameters';
import type { ImageChatSession } from '../../session';
import { readParameters } from './chatParameters';

export function orderOf(
	{ context, images }: ImageChatSession,
	shared: LocalRequest,
	itemIndex: number,
): ImageOrder {
	const options = readOptions(context, itemIndex);
	const { prompt } = shared;
	// Each of several formats has a wish of its own.
	const sizeWish = shared.formats
		? ''
		: readText(context, 'sizeWish', 'Size in Words', itemIndex).trim();
	const request = {
		...shared,
		prompt:
			sizeWish === '' || prompt.trim() === '' ? prompt : `${prompt}\n\nImage size: ${sizeWish}`,
		// Only the words of the prompt tell the model. What comes is held against it.
		size: isSize(mendedSize(sizeWish)) ? mendedSize(sizeWish) : undefined,
		extras: {
			systemMessage: toText(options.systemMessage, 'System Message') || undefined,
			parameters: readParameters(options),
		},
	};
	return {
		run: images,
		request,
		whenMade: (made) => {
			const usages = made.ok
				? // What a try takes up, an earlier one has reported.
					made.value.flatMap(({ usage, replayed }) => (replayed ? [] : [usage]))
				: [failureIn(made.error)?.details.usage];
			for (const usage of usages) {
				reportTokens(context, usage?.prompt_tokens, usage?.completion_tokens);
			}
		},
	};
}
