// Input images from binary fields: looked at first, uploaded only when the whole request has been checked.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageRequest, InputImage, UploadedFile } from '../providers/contract';
import { badInput } from '../providers/failure';
import type { Connection } from './connection';
import { fileFromBinary, type FileToSend, type LocalFile } from './files';
import { HEAD_BYTES, mimeTypeOf, readImageFacts } from './imageFacts';
import { firstBytes } from './streams';
import { send } from './transport';

/** An input image, with its file as long as that lies in n8n only. */
export interface LocalImage extends InputImage {
	file?: FileToSend;
}

/** A request whose images may still have to be uploaded. */
export interface LocalRequest extends ImageRequest {
	references: LocalImage[];
	mask?: LocalImage;
}

/** An image from a binary field, with what its first bytes tell. Reads no more of it than that. */
export async function imageFromBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<LocalImage> {
	const file = await fileFromBinary(context, itemIndex, field);
	const head =
		'buffer' in file.content
			? file.content.buffer.subarray(0, HEAD_BYTES)
			: await firstBytes(await context.helpers.getBinaryStream(file.content.binaryId), HEAD_BYTES);
	const facts = readImageFacts(head, file.bytes);
	const mimeType = facts.type === 'unknown' ? file.mimeType : mimeTypeOf(facts.type);
	return { label: field, facts, file: { ...file, mimeType } };
}

/** An image that the provider will fetch from the web by itself. */
export function imageFromUrl(url: string): LocalImage {
	const address = url.trim();
	if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
		throw badInput(
			`"${address.slice(0, 100)}" is no web address of an image.`,
			'Enter an address that begins with https:// and that can be opened without signing in.',
		);
	}
	return { label: address, url: address };
}

/** Uploads what isn't on the web yet, one file after the other, and answers the request with URLs only. */
export async function uploadImages(
	connection: Connection,
	request: LocalRequest,
): Promise<ImageRequest> {
	const references: InputImage[] = [];
	for (const image of request.references) references.push(await uploadImage(connection, image));
	const mask = request.mask && (await uploadImage(connection, request.mask));
	return { ...request, references, mask };
}

export async function uploadFile(connection: Connection, file: LocalFile): Promise<UploadedFile> {
	const { upload } = connection.provider;
	return upload.read(await send(connection, upload.request(file)));
}

async function uploadImage(connection: Connection, image: LocalImage): Promise<InputImage> {
	if (!image.file) return image;
	const { url } = await uploadFile(connection, image);
	return { label: image.label, facts: image.facts, url };
}
