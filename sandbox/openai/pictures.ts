// Gets the bytes of a picture that a request names: a data URI, a URL that is really fetched, or an uploaded file.
import { fetchFile } from '../http/fetch-file';
import type { Lifetime } from '../lifetime';
import { invalid } from './errors';
import type { ApiFiles } from './files/api-files';
import { isObject } from './fields';
import { fileTooLarge, IMAGE_LIMIT } from './images/input-images';

export interface PictureReader {
	lifetime: Lifetime;
	files: ApiFiles;
	key: string;
}

/** A reference as the Images and the Responses API write it: {image_url} or {file_id}. */
export async function readReference(
	reference: unknown,
	param: string,
	reader: PictureReader,
): Promise<Buffer> {
	if (!isObject(reference)) {
		throw invalid(`Invalid type for '${param}': expected an object.`, 'invalid_type', param);
	}
	const { image_url: url, file_id: fileId } = reference;
	if (typeof fileId === 'string') {
		const file = reader.files.ofKey(reader.key, fileId);
		if (file) return file.bytes;
		throw invalid(`No such File object: ${fileId}`, 'image_file_not_found', `${param}.file_id`);
	}
	if (typeof url === 'string') return await readPicture(url, `${param}.image_url`, reader.lifetime);
	throw invalid(
		`Missing required parameter: '${param}.image_url'.`,
		'missing_required_parameter',
		`${param}.image_url`,
	);
}

export async function readPicture(url: string, param: string, lifetime: Lifetime): Promise<Buffer> {
	if (/^data:/i.test(url)) return fromDataUri(url, param);
	const file = await fetchFile(url, IMAGE_LIMIT, lifetime);
	if (file.ok) return file.bytes;
	if (file.reason === 'too large') throw fileTooLarge(param, IMAGE_LIMIT);
	const isUrl = /^https?:\/\//i.test(url);
	throw invalid(
		isUrl
			? `Failed to download image from ${url}: ${file.detail}.`
			: `Invalid '${param}'. Expected a valid URL, but got a value with an invalid format.`,
		isUrl ? 'failed_to_download_image' : 'invalid_image_url',
		param,
	);
}

function fromDataUri(uri: string, param: string): Buffer {
	const comma = uri.indexOf(',');
	const head = uri.slice(0, comma);
	const data = uri.slice(comma + 1).replace(/\s/g, '');
	if (comma < 0 || !/^data:image\/[\w.+-]+(;[^;,]+)*;base64$/i.test(head)) {
		throw invalid(
			`Invalid '${param}'. Expected a base64-encoded data URL with an image MIME type (e.g. 'data:image/png;base64,aW1nIGJ5dGVzIGhlcmU='), but got a value with an invalid format.`,
			'invalid_image_url',
			param,
		);
	}
	// One expression over the whole of a large picture could exceed the stack of the regular expression engine.
	if (data === '' || /[^A-Za-z0-9+/]/.test(data.replace(/={1,2}$/, ''))) {
		throw invalid(`Invalid base64 image_url in '${param}'.`, 'invalid_base64_image', param);
	}
	return Buffer.from(data, 'base64');
}
