// What a request comes to: the size of what is made, its price, and the picture that it is made from.
import {
	pixelsOfRatio,
	parsePixels,
	parseRatio,
	withinPixelLimit,
	type PixelSize,
} from '../drawing/sizes';
import type { Lifetime } from '../lifetime';
import type { CreateRequest } from './create-request';
import { filmCredits, type FilmRequest, filmSize } from './films';
import { MUSIC_CREDITS, type MusicRequest } from './music';
import { priceInCredits } from './pricing';
import { type EditMaterial, fetchEditMaterial } from './references';

export type TaskRequest = CreateRequest | FilmRequest | MusicRequest;

export interface Order {
	/** Undefined: nothing of it can be seen. */
	size?: PixelSize;
	material?: EditMaterial;
}

export interface OrderConditions {
	lifetime: Lifetime;
	/** A size in place of the one that was asked for. */
	drawnSize?: PixelSize;
}

/** Throws 400 for a reference that can't be fetched or used. */
export async function orderOf(
	request: TaskRequest,
	{ lifetime, drawnSize }: OrderConditions,
): Promise<Order> {
	if (request.medium === 'audio') return {};
	const material = await fetchEditMaterial(request, lifetime);
	if (request.medium === 'video')
		return { size: filmSize(request, material?.reference.facts), material };
	return { size: drawnSize ?? sizeOf(request, material), material };
}

/** In credits, for so many results. Before its references are known, a request has the size that it states. */
export function creditsFor(
	request: TaskRequest,
	prompt: string,
	made: number,
	size?: PixelSize,
): number {
	switch (request.medium) {
		case 'audio':
			return made * MUSIC_CREDITS;
		case 'video':
			return made * filmCredits(request);
		case 'image':
			return imageCredits(request, prompt, made, size);
	}
}

const usualSize = { width: 1024, height: 1024 };

function imageCredits(
	{ model, quality, imageUrls, size }: CreateRequest,
	prompt: string,
	images: number,
	pixels: PixelSize = statedSize(size) ?? usualSize,
): number {
	const request = { model, quality, prompt, referenceCount: imageUrls.length, size: pixels };
	return priceInCredits(request, images);
}

function statedSize(
	size: string | undefined,
	resolution?: CreateRequest['resolution'],
): PixelSize | undefined {
	if (size === undefined) return undefined;
	const ratio = parseRatio(size);
	return ratio ? pixelsOfRatio(ratio, resolution) : parsePixels(size);
}

/** Without a stated size, an edit keeps the dimensions of its reference image. */
function sizeOf(
	{ size, resolution }: CreateRequest,
	material: EditMaterial | undefined,
): PixelSize {
	const stated = statedSize(size, resolution);
	return stated ?? (material ? withinPixelLimit(material.reference.facts) : usualSize);
}
