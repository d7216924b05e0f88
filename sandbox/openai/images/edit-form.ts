// Reads the multipart form of an edit: text fields, image or image[], and mask.
import type { MultipartFile } from '@fastify/multipart';
import type { FastifyRequest } from 'fastify';
import { invalid, OpenAIError } from '../errors';
import { Fields, isObject, type Values } from '../fields';
import {
	fileTooLarge,
	IMAGE_LIMIT,
	IMAGES_LIMIT,
	InputImages,
	tooManyImages,
	unsupportedType,
} from './input-images';
import type { EditMaterial } from './job';

const overlays = ['mask', 'markup'] as const;
const declaredTypes = ['image/png', 'image/jpeg', 'image/webp'];
/** Enough to count the files of a request that has a few too many. */
const MAX_FILES = 64;
const MAX_FIELDS = 64;
const FIELD_BYTES = 256 * 1024;

export interface EditForm {
	fields: Fields;
	material: EditMaterial | undefined;
}

export async function readEditForm(request: FastifyRequest): Promise<EditForm> {
	const values: Values = {};
	const pictures = new InputImages();
	let images = 0;
	const parts = request.parts({
		limits: {
			fileSize: IMAGE_LIMIT,
			files: MAX_FILES,
			fields: MAX_FIELDS,
			parts: MAX_FILES + MAX_FIELDS,
			fieldSize: FIELD_BYTES,
		},
	});
	for await (const part of parts) {
		if (part.type === 'field') {
			if (isPicture(part.fieldname) || overlays.some((name) => name === part.fieldname))
				throw notAFile(part.fieldname);
			place(values, part.fieldname, part.value);
			continue;
		}
		const overlay = overlays.find((name) => name === part.fieldname);
		if (!overlay && !isPicture(part.fieldname)) {
			values[part.fieldname] = '(a file)';
			await part.toBuffer();
			continue;
		}
		if (overlay) {
			const bytes = await bytesOf(part, overlay);
			if (overlay === 'mask') await pictures.setMask(bytes, overlay);
			else await pictures.setMarkup(bytes, overlay);
			continue;
		}
		images += 1;
		if (images > 1 && part.fieldname === 'image') throw repeated();
		// Those beyond the limit are only counted.
		if (images > IMAGES_LIMIT) {
			part.file.resume();
			continue;
		}
		const param = part.fieldname === 'image' ? 'image' : `image[${images - 1}]`;
		await pictures.add(await bytesOf(part, param), param);
	}
	if (images > IMAGES_LIMIT) throw tooManyImages('image', images);
	const fields = new Fields(values, true);
	return { fields, material: pictures.finish('mask') };
}

/** A name such as `svg[reasoning][effort]` leads into objects. */
function place(values: Values, fieldName: string, value: unknown): void {
	const [name = '', ...inside] = fieldName.split(/\[([^\]]*)\]/).filter((part) => part !== '');
	const [next] = inside;
	if (next === undefined) {
		values[name] = value;
		return;
	}
	const held = values[name];
	const inner: Values = isObject(held) ? held : {};
	values[name] = inner;
	place(
		inner,
		next +
			inside
				.slice(1)
				.map((part) => `[${part}]`)
				.join(''),
		value,
	);
}

async function bytesOf(part: MultipartFile, param: string): Promise<Buffer> {
	if (!declaredTypes.includes(part.mimetype)) throw unsupportedType(param, part.mimetype);
	try {
		return await part.toBuffer();
	} catch (error) {
		throw part.file.truncated ? fileTooLarge(param, IMAGE_LIMIT) : error;
	}
}

function isPicture(name: string): boolean {
	return /^image(\[\d*\])?$/.test(name);
}

function notAFile(name: string): OpenAIError {
	const param = name.replace(/\[.*/, '');
	const message = `Invalid type for '${param}': expected a file, but got a string instead.`;
	return invalid(message, 'invalid_type', param);
}

function repeated(): OpenAIError {
	return invalid(
		"Duplicate parameter: 'image'. You provided multiple values for this parameter, whereas only one is allowed. To send a list of values, use the array syntax: 'image[]=<value>'.",
		'duplicate_parameter',
		'image',
	);
}
