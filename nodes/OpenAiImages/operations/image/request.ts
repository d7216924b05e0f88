// What only OpenAI's own fields say of an image, added to what the shared ones do; and by which way it is made.
import type { IDataObject } from 'n8n-workflow';

import type { LocalRequest } from '../../../../pipeline/media';
import { fieldNameOf } from '../../../../providers/fieldNames';
import { pixelsOf } from '../../../../providers/openai/ratioPixels';
import { omitEmpty } from '../../../../providers/requests/omit';
import { readCompletion } from '../../../shared/parameters/readCompletion';
import type { ImageOrder, InputPictures } from '../../../shared/execute/imageOperations';
import { readOverlay } from '../../../shared/parameters/imageParameters';
import {
	booleanOption,
	isSet,
	numberOption,
	optionalNumber,
	readOptions,
	toText,
} from '../../../shared/parameters/readParameters';
import { reportUsage } from '../../usage';
import type { OpenAiSession } from '../../session';

/** Options that OpenAI knows under the same names, and that not every model has. */
const EXTRAS = [
	'complexity',
	'input_fidelity',
	'moderation',
	'response_format',
	'safety_identifier',
	'style',
];

export async function readMarkup(
	{ context }: OpenAiSession,
	itemIndex: number,
): Promise<Pick<InputPictures, 'markup'>> {
	return { markup: await readOverlay(context, itemIndex, 'markup', 'Markup') };
}

/** Whether the images are made by background tasks. */
export function isStarted({ context }: OpenAiSession): boolean {
	return readCompletion(context) === 'return';
}

/** Which way the images are made, and what its own fields add to the request. */
export function orderOf(
	session: OpenAiSession,
	shared: LocalRequest,
	itemIndex: number,
): ImageOrder {
	const { context, images, tasks } = session;
	const options = readOptions(context, itemIndex);
	const request = withOwnFields(shared, options);
	const isTask = isStarted(session);
	const extras = {
		...request.extras,
		...(isTask ? readWindow(options) : readStream(options)),
	};
	return {
		run: isTask ? tasks : images,
		request: { ...request, extras },
		whenMade: (made) => {
			for (const task of made.ok ? made.value : []) {
				// What a try takes up, an earlier one has reported.
				if (!task.replayed) reportUsage(context, task);
			}
		},
	};
}

/** The request with what only OpenAI's own fields say, in whatever way it is sent. */
export function withOwnFields(request: LocalRequest, options: IDataObject): LocalRequest {
	return {
		...request,
		size: pixelsOf(request.size, request.model, request.outputFormat),
		extras: readExtras(options),
	};
}

function readExtras(options: IDataObject): Record<string, unknown> {
	const given = EXTRAS.filter((name) => isSet(options[name]));
	const svg = readSvg(options);
	return {
		...Object.fromEntries(
			given.map((name) => [name, toText(options[name], fieldNameOf(name, undefined))]),
		),
		...omitEmpty({
			frame_count: optionalNumber(options, 'frameCount', 'Frame Count'),
			frame_duration_ms: isSet(options.frameDuration)
				? Math.round(
						numberOption(options, 'frameDuration', 'Frame Duration (Milliseconds)', 200, 1),
					)
				: undefined,
		}),
		...(Object.keys(svg).length > 0 && { svg }),
	};
}

/** Who writes an SVG, and how thoroughly. */
function readSvg(options: IDataObject): Record<string, unknown> {
	const effort = toText(options.svgReasoningEffort, 'SVG Reasoning Effort');
	const model = toText(options.svgModel, 'SVG Model').trim();
	return { ...(model && { model }), ...(effort && { reasoning: { effort } }) };
}

/** As soon as possible is OpenAI's default, so it is left out for older servers' sake. */
function readWindow(options: IDataObject): Record<string, unknown> {
	const window = toText(options.completionWindow, 'Completion Window');
	if (window === '' || window === 'soonest') return {};
	return { background_options: { completion_window: window } };
}

/** Partial images come in a stream only, so that asking for them asks for one. */
function readStream(options: IDataObject): Record<string, unknown> {
	const partialImages = numberOption(options, 'partialImages', 'Partial Images', 0, 0);
	const isStreamed = booleanOption(options, 'stream', 'Stream', false);
	if (!isStreamed && partialImages === 0) return {};
	return { stream: true, ...(partialImages > 0 && { partial_images: partialImages }) };
}
