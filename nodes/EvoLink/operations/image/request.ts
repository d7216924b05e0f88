// What only EvoLink's own fields say of an image, added to what the shared ones do.
import type { LocalRequest } from '../../../../pipeline/media';
import { promptMayBeCut } from '../../../../providers/limits/checkRequest';
import type { ImageOrder } from '../../../shared/execute/imageOperations';
import { readOptions, toText } from '../../../shared/parameters/readParameters';
import type { EvoLinkSession } from '../../session';

export function orderOf(
	{ connection, context, tasks }: EvoLinkSession,
	request: LocalRequest,
	itemIndex: number,
): ImageOrder {
	const resolution = toText(readOptions(context, itemIndex).resolution, 'Resolution');
	const limits = connection.provider.limits(request.model);
	const hint = promptMayBeCut(request.prompt, limits)
		? `The Prompt of item ${itemIndex} is long: ${request.model} reads about ${limits.prompt.recommendedTokens} tokens, and may leave out its end.`
		: undefined;
	return { run: tasks, request: { ...request, resolution: resolution || undefined }, hint };
}
