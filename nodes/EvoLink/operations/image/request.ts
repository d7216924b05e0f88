// From the image fields of one item to a checked request, and from there to its output: shared by Generate and Edit.
import type { INodeExecutionData } from 'n8n-workflow';

import type { LocalImage } from '../../../../pipeline/media/files';
import { addHint } from '../../../../pipeline/hints';
import type { LocalRequest } from '../../../../pipeline/media/inputImages';
import { promptMayBeCut } from '../../../../providers/limits';
import { readCallbackUrl } from '../../../shared/callbackField';
import { complete } from '../../../shared/completion';
import {
	readNumber,
	readOptions,
	readPicked,
	readSize,
	readText,
	toText,
} from '../../../shared/parameters';
import type { EvoLinkSession } from '../../session';

/** Checks the request, makes its images, and waits for them or not, as the person chose. */
export async function makeImages(
	session: EvoLinkSession,
	itemIndex: number,
	references: LocalImage[],
	mask?: LocalImage,
): Promise<INodeExecutionData[]> {
	const { connection, tasks } = session;
	const request = readRequest(session, itemIndex, references, mask);
	const limits = connection.provider.limits(request.model);
	if (promptMayBeCut(request.prompt, limits)) {
		addHint(
			connection,
			`The Prompt of item ${itemIndex} is long: ${request.model} reads about ${limits.prompt.recommendedTokens} tokens, and may leave out its end.`,
		);
	}
	return await complete(tasks, request, itemIndex);
}

function readRequest(
	session: EvoLinkSession,
	itemIndex: number,
	references: LocalImage[],
	mask: LocalImage | undefined,
): LocalRequest {
	const { context } = session;
	const model = readPicked(context, 'model', 'Model', itemIndex);
	const quality = readText(context, 'quality', 'Quality', itemIndex);
	const resolution = toText(readOptions(context, itemIndex).resolution, 'Resolution');
	return {
		model,
		prompt: readText(context, 'prompt', 'Prompt', itemIndex),
		size: readSize(context, itemIndex),
		resolution: resolution || undefined,
		quality: quality || undefined,
		count: readNumber(context, 'numberOfImages', 'Number of Images', itemIndex),
		references,
		mask,
		callbackUrl: readCallbackUrl(context, session, itemIndex),
	};
}
