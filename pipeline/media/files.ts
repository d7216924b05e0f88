// Files in an item's binary fields: what they are called, how long they are and where their bytes lie.
import type { IBinaryData, IExecuteFunctions } from 'n8n-workflow';

import type { InputImage } from '../../providers/contract';
import { badInput } from '../../providers/failure';
import type { PipelineContext } from '../context';
import type { FileToSend, OpenFile } from '../http/fileToSend';
import { resultOf } from '../result';

/** An input image, with its file as long as that lies in n8n only. */
export interface LocalImage extends InputImage {
	file?: FileToSend;
}

/** The file in a binary field, of any type. Throws a badInput failure when there is none. */
export async function fileFromBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<FileToSend> {
	return await fileOf(context, await binaryOf(context, itemIndex, field), field);
}

/** The file behind n8n's binary data. */
export async function fileOf(
	context: IExecuteFunctions,
	{ id, data, fileName, mimeType = 'application/octet-stream' }: IBinaryData,
	field: string,
): Promise<FileToSend> {
	const name = fileName ?? field;
	if (id) {
		const { fileSize } = await context.helpers.getBinaryMetadata(id);
		return { name, mimeType, bytes: fileSize, content: { binaryId: id } };
	}
	const buffer = Buffer.from(data, 'base64');
	return { name, mimeType, bytes: buffer.length, content: { buffer } };
}

async function binaryOf(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<IBinaryData> {
	const found = await resultOf((async () => context.helpers.assertBinaryData(itemIndex, field))());
	if (found.ok && isWithContent(found.value)) return found.value;
	throw badInput(
		`There is no file in the field "${field}" of this item.`,
		'Open the node before this one, look at the Binary tab of its output and enter the name shown there. If it has no file, the file got lost on the way or was never made.',
	);
}

/** A Code node may have put anything into the field, such as the content itself. */
function isWithContent(value: unknown): value is IBinaryData {
	const { id, data } = Object(value) as Partial<IBinaryData>;
	return (typeof id === 'string' && id !== '') || typeof data === 'string';
}

export async function contentOf(
	{ helpers }: IExecuteFunctions,
	{ content }: FileToSend,
): Promise<AsyncIterable<Buffer>> {
	if ('buffer' in content) return once(content.buffer);
	return (await helpers.getBinaryStream(content.binaryId)) as AsyncIterable<Buffer>;
}

async function* once(bytes: Buffer): AsyncGenerator<Buffer> {
	yield bytes;
}

/** Reads files out of n8n's binary store, where n8n gives access to it. */
export function openerOf(context: PipelineContext): OpenFile {
	return async (binaryId, chunkBytes) => {
		const { helpers } = context;
		if ('getBinaryStream' in helpers) return await helpers.getBinaryStream(binaryId, chunkBytes);
		throw new TypeError('n8n gives no access to its binary store here.');
	};
}
