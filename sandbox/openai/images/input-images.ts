// Checks the pictures of an edit by their bytes: number, type, size, and whether the mask fits.
import sharp from 'sharp';
import { imageFacts, type ImageFacts, imageType } from '../../files/image-file';
import { invalid, type OpenAIError } from '../errors';
import type { EditMaterial, InputImage } from './job';

const MEGABYTE = 1024 * 1024;
export const IMAGE_LIMIT = 50 * MEGABYTE;
const MASK_LIMIT = 4 * MEGABYTE;
export const IMAGES_LIMIT = 16;

export function tooManyImages(param: string, count: number): OpenAIError {
	return invalid(
		`Invalid '${param}': array too long. Expected an array with maximum length ${IMAGES_LIMIT}, but got an array with length ${count} instead.`,
		'array_above_max_length',
		param,
	);
}

export function fileTooLarge(param: string, limit: number): OpenAIError {
	return invalid(
		`Invalid '${param}': file too large. Expected a file of less than ${limit / MEGABYTE} MB.`,
		'image_file_too_large',
		param,
	);
}

export function unsupportedType(param: string, type: string): OpenAIError {
	return invalid(
		`Invalid file '${param}': unsupported mimetype ('${type}'). Supported file formats are 'image/jpeg', 'image/png', and 'image/webp'.`,
		'unsupported_file_mimetype',
		param,
	);
}

/** Takes the pictures one after the other and keeps only the bytes that the drawing needs. */
export class InputImages {
	private readonly images: InputImage[] = [];

	private first?: Buffer;

	private mask?: { bytes: Buffer; facts: ImageFacts };

	private markup?: { bytes: Buffer; facts: ImageFacts };

	get count(): number {
		return this.images.length;
	}

	async add(bytes: Buffer, param: string): Promise<void> {
		if (bytes.length >= IMAGE_LIMIT) throw fileTooLarge(param, IMAGE_LIMIT);
		const facts = await factsOf(bytes, param);
		this.images.push(describe(facts, bytes));
		this.first ??= bytes;
	}

	async setMask(bytes: Buffer, param: string): Promise<void> {
		if (bytes.length >= MASK_LIMIT) throw fileTooLarge(param, MASK_LIMIT);
		const facts = await factsOf(bytes, param);
		const refuse = (message: string) => invalid(message, 'invalid_mask_image_format', param);
		if (facts.type !== 'image/png') throw refuse('Invalid mask image format - must be a PNG file.');
		if (!facts.hasAlpha) {
			throw refuse('Invalid mask image format - the mask must have an alpha channel.');
		}
		this.mask = { bytes, facts };
	}

	/** Drawn on a transparent ground, which must be left somewhere. */
	async setMarkup(bytes: Buffer, param: string): Promise<void> {
		if (bytes.length >= IMAGE_LIMIT) throw fileTooLarge(param, IMAGE_LIMIT);
		const facts = await factsOf(bytes, param);
		const { isOpaque } = await sharp(bytes).stats();
		if (facts.type !== 'image/png' || isOpaque) {
			throw invalid(
				"Invalid 'markup': expected a PNG with transparent pixels.",
				'invalid_value',
				param,
			);
		}
		this.markup = { bytes, facts };
	}

	/** Undefined when there are no pictures at all. */
	finish(maskParam: string): EditMaterial | undefined {
		const [first] = this.images;
		if (!first || !this.first) return undefined;
		const material: EditMaterial = { images: this.images, first: this.first };
		if (this.markup) {
			const { facts, bytes } = this.markup;
			if (facts.width !== first.width || facts.height !== first.height) {
				throw invalid(
					`Invalid 'markup': its size ${facts.width}x${facts.height} does not match image size ${first.width}x${first.height}.`,
					'invalid_value',
					'markup',
				);
			}
			material.markup = bytes;
			material.markupFacts = describe(facts, bytes);
		}
		if (!this.mask) return material;
		const { facts, bytes } = this.mask;
		if (facts.width !== first.width || facts.height !== first.height) {
			throw invalid(
				`Invalid mask image format - mask size ${facts.width}x${facts.height} does not match image size ${first.width}x${first.height}.`,
				'invalid_mask_image_format',
				maskParam,
			);
		}
		return { ...material, mask: bytes, maskFacts: describe(facts, bytes) };
	}
}

async function factsOf(bytes: Buffer, param: string): Promise<ImageFacts> {
	if (bytes.length === 0) {
		throw invalid(`Invalid file '${param}': the file is empty.`, 'empty_image_file', param);
	}
	if (!imageType(bytes)) throw unsupportedType(param, guessType(bytes));
	const facts = await imageFacts(bytes);
	if (!facts) {
		throw invalid(
			`Invalid image file '${param}': it could not be read. Check that the file is not damaged.`,
			'invalid_image_file',
			param,
		);
	}
	return facts;
}

function guessType(bytes: Buffer): string {
	return bytes.subarray(0, 4).toString('latin1') === 'GIF8'
		? 'image/gif'
		: 'application/octet-stream';
}

function describe({ type, width, height }: ImageFacts, bytes: Buffer): InputImage {
	return { type, width, height, bytes: bytes.length };
}
