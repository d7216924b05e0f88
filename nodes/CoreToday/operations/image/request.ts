// From the image fields of one item to a request, and from there to its output: shared by Generate and Edit.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';
import { jsonParse } from 'n8n-workflow';

import type { LocalImage } from '../../../../pipeline/media/files';
import type { LocalRequest } from '../../../../pipeline/media/inputImages';
import type { FileWay } from '../../../../providers/coretoday';
import { DEFAULT_FORMAT, DEFAULT_MODEL } from '../../../../providers/coretoday/models';
import { readOutputFolder } from '../../../../providers/coretoday/outputFolder';
import { badInput } from '../../../../providers/failure';
import { MEGABYTE } from '../../../../providers/megabytes';
import { readCallbackUrl } from '../../../shared/callbackField';
import { complete } from '../../../shared/completion';
import {
	optionalNumber,
	readNumber,
	readOptions,
	readPicked,
	readSize,
	readText,
	toText,
} from '../../../shared/parameters';
import type { CoreTodaySession } from '../../session';

/** Above this, files go through the storage: there a broken upload doesn't take the prediction with it. */
const MOST_BYTES_WITH_REQUEST = 20 * MEGABYTE;

/** Makes the images, and waits for them or not, as the person chose. */
export async function makeImages(
	session: CoreTodaySession,
	itemIndex: number,
	references: LocalImage[],
): Promise<INodeExecutionData[]> {
	const { context } = session;
	const options = readOptions(context, itemIndex);
	const request = readRequest(session, itemIndex, references);
	return await complete(session.ways[wayFor(request, options)], request, itemIndex);
}

/** Web addresses need no way. A file that several predictions need is uploaded once only. */
function wayFor({ references, count }: LocalRequest, { fileWay }: IDataObject): FileWay {
	if (fileWay === 'multipart' || fileWay === 'storage') return fileWay;
	const files = references.flatMap(({ file }) => file ?? []);
	const bytes = files.reduce((sum, file) => sum + file.bytes, 0);
	const isMixed = files.length !== references.length;
	return isMixed || count > 1 || bytes > MOST_BYTES_WITH_REQUEST ? 'storage' : 'multipart';
}

function readRequest(
	{ context, account }: CoreTodaySession,
	itemIndex: number,
	references: LocalImage[],
): LocalRequest {
	const options = readOptions(context, itemIndex);
	const { background, moderation, outputFormat, outputFolder, isPublic } = options;
	const compression = optionalNumber(options, 'compression', 'Compression');
	const model = readPicked(context, 'model', 'Model', itemIndex);
	const isDefaultModel = model === DEFAULT_MODEL;
	return {
		model,
		prompt: readText(context, 'prompt', 'Prompt', itemIndex),
		size: readSize(context, itemIndex),
		quality: readText(context, 'quality', 'Quality', itemIndex) || undefined,
		count: readNumber(context, 'numberOfImages', 'Number of Images', itemIndex),
		background: toText(background, 'Background') || undefined,
		outputFormat: toText(outputFormat, 'Output Format') || formatFor(compression, isDefaultModel),
		compression,
		callbackUrl: readCallbackUrl(context, account, itemIndex),
		extras: {
			moderation: toText(moderation, 'Moderation') || undefined,
			outputFolder: readOutputFolder(toText(outputFolder, 'Output Folder')),
			isPublic: isPublic === true ? true : undefined,
			additionalInput: isDefaultModel ? undefined : readAdditionalInput(),
		},
		references,
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
function formatFor(compression: number | undefined, isDefaultModel: boolean): string | undefined {
	return compression !== undefined && isDefaultModel ? DEFAULT_FORMAT : undefined;
}
