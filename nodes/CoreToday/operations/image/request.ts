// What only Core.Today's own fields say of an image, added to what the shared ones do; and by which way its files go.
import type { IDataObject } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

import type { LocalRequest } from '../../../../pipeline/media';
import type { FileWay } from '../../../../providers/coretoday';
import { DEFAULT_FORMAT, modelRowOf } from '../../../../providers/coretoday/models';
import { readOutputFolder } from '../../../../providers/coretoday/outputFolder';
import { badInput } from '../../../../providers/failure';
import { MEGABYTE } from '../../../../providers/limits/megabytes';
import type { ImageOrder } from '../../../shared/execute/imageOperations';
import { booleanOption, readOptions, toText } from '../../../shared/parameters/readParameters';
import type { CoreTodaySession } from '../../session';

/** Above this, files go through the storage: there a broken upload doesn't take the prediction with it. */
const MAX_BYTES_WITH_REQUEST = 20 * MEGABYTE;

export function orderOf(
	session: CoreTodaySession,
	shared: LocalRequest,
	itemIndex: number,
): ImageOrder {
	const options = readOptions(session.context, itemIndex);
	const request = withOwnFields(session, shared, options, itemIndex);
	return { run: session.ways[wayFor(request, options)], request };
}

/** Web addresses need no way. A file that several predictions need is uploaded once only. */
function wayFor({ references, count, formats }: LocalRequest, { fileWay }: IDataObject): FileWay {
	if (fileWay === 'multipart' || fileWay === 'storage') return fileWay;
	const files = references.flatMap(({ file }) => file ?? []);
	const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
	const isMixed = files.length !== references.length;
	const isReused = count > 1 || formats !== undefined;
	return isMixed || isReused || bytes > MAX_BYTES_WITH_REQUEST ? 'storage' : 'multipart';
}

function withOwnFields(
	{ context }: CoreTodaySession,
	request: LocalRequest,
	options: IDataObject,
	itemIndex: number,
): LocalRequest {
	const { moderation, outputFolder } = options;
	const isKnownModel = modelRowOf(request.model) !== undefined;
	return {
		...request,
		outputFormat: request.outputFormat ?? formatFor(request.compression, isKnownModel),
		extras: {
			moderation: toText(moderation, 'Moderation') || undefined,
			outputFolder: readOutputFolder(toText(outputFolder, 'Output Folder')),
			isPublic: booleanOption(options, 'isPublic', 'Public Result', false) || undefined,
			additionalInput: isKnownModel ? undefined : readAdditionalInput(),
		},
	};

	function readAdditionalInput(): Record<string, unknown> {
		const value: unknown = context.getNodeParameter('additionalInput', itemIndex, {});
		const parsed: unknown =
			typeof value === 'string' ? jsonParse(value.trim() || '{}', { fallbackValue: null }) : value;
		if (typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)) {
			return parsed as Record<string, unknown>;
		}
		throw badInput(
			"Additional Input isn't a JSON object.",
			'Write it like this: {"steps": 20, "style": "photo"}',
		);
	}
}

/** Compression needs to know the format that it applies to: the model's own, when none is chosen. */
function formatFor(compression: number | undefined, isKnownModel: boolean): string | undefined {
	return compression !== undefined && isKnownModel ? DEFAULT_FORMAT : undefined;
}
