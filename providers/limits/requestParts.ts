// Into how many requests a wish is parted, and what each of them says: as a list, before any of them is sent.
import type { ImageFormat, ImageRequest, InputImage, ModelLimits } from '../contract';
import { checkRequest } from './checkRequest';
import { nearestSize } from './nearestSize';
import { checkFormats } from './severalFormats';
import { pixelsIn, type Sides } from './sizes';

/** One request to the provider. */
export interface RequestPart {
	request: ImageRequest;
	/**
	 * Set where it is made from an image of the first format: which of these, from 0. That image is the last of its
	 * references, and not there yet.
	 */
	motif?: number;
}

/** In the order in which their images come out: one for each format, and more where one task makes fewer images than are wanted. */
export function partsOf(request: ImageRequest, limits: ModelLimits): RequestPart[] {
	const { formats, keepMotif, ...plain } = request;
	if (!formats) return tasksOf(plain, limits);
	const isKept = keepMotif === true && limits.references.max > 0;
	return formats.flatMap((format, index) => {
		const part = withFormat(plain, format, limits);
		if (index === 0 || !isKept) return tasksOf(part, limits);
		const follower = followerOf(part, formats[0]!, limits);
		return Array.from({ length: request.count }, (_, motif) => ({ request: follower, motif }));
	});
}

/** The same of a request that is held against the model's limits before: throws a badInput failure that says what to change. */
export function checkedParts(request: ImageRequest, limits: ModelLimits): RequestPart[] {
	if (!request.formats) {
		checkRequest(request, limits);
		return partsOf(request, limits);
	}
	checkRequest({ ...request, size: undefined, resolution: undefined }, limits);
	checkFormats(request, limits);
	const parts = partsOf(request, limits);
	for (const part of parts) checkRequest(part.request, limits);
	return parts;
}

/** One request for each task, where a task makes fewer images than are wanted. */
function tasksOf(request: ImageRequest, limits: ModelLimits): RequestPart[] {
	const { maxPerTask = request.count } = limits;
	const max = typeof maxPerTask === 'number' ? maxPerTask : maxPerTask(request);
	const parts: RequestPart[] = [];
	for (let left = request.count; left > 0; left -= max) {
		parts.push({ request: { ...request, count: Math.min(left, max) } });
	}
	return parts;
}

function withFormat(request: ImageRequest, format: ImageFormat, limits: ModelLimits): ImageRequest {
	const { width, height } = format;
	if (!limits.sizeInWords)
		return { ...request, format, size: nearestSize(format, limits, request) };
	// Held against what comes: the shape, as no such model keeps to pixels.
	const size = ratioOf(format);
	const wish = `Image size: ${width}x${height} pixels, aspect ratio ${size}`;
	const prompt = request.prompt.trim() === '' ? request.prompt : `${request.prompt}\n\n${wish}`;
	return { ...request, format, size, prompt };
}

/** A mask fits the first input image only, and what is for pictures from words alone is left out. */
function followerOf(request: ImageRequest, first: ImageFormat, limits: ModelLimits): ImageRequest {
	const { extras, references, prompt, format } = request;
	const uses = limits.extraUses ?? {};
	const kept = Object.entries(extras ?? {}).filter(([name]) => uses[name] !== 'generate');
	return {
		...request,
		count: 1,
		prompt: `${prompt}\n\n${keepingWords(references.length > 0, ratioOf(format!))}`,
		references: [...references, motifOf(request, first, limits)],
		mask: undefined,
		markup: undefined,
		extras: extras && Object.fromEntries(kept),
	};
}

function keepingWords(hasOthers: boolean, ratio: string): string {
	const which = hasOthers ? 'The last input image' : 'The input image';
	return `${which} shows this picture in another shape. Keep its motif, style, colours and any words in it. Compose it anew for the aspect ratio ${ratio}, so that it fills the whole picture and nothing important is cut off.`;
}

/** The first format's image before it is there, as far as it can be told. */
function motifOf(request: ImageRequest, first: ImageFormat, limits: ModelLimits): InputImage {
	const types = limits.references.types;
	const type = types.find((each) => each === request.outputFormat) ?? types[0] ?? 'png';
	const sides = pixelsIn(nearestSize(first, limits, request));
	return { label: `the image of ${first.name}`, facts: { type, bytes: 1, ...sides } };
}

/** The shape in small numbers, as models know it: 1080 × 1350 is 4:5. */
export function ratioOf({ width, height }: Sides): string {
	const divisor = greatestDivisor(width, height);
	const [across, down] = [width / divisor, height / divisor];
	return Math.max(across, down) <= 100 ? `${across}:${down}` : `${(width / height).toFixed(2)}:1`;
}

function greatestDivisor(a: number, b: number): number {
	return b === 0 ? a : greatestDivisor(b, a % b);
}
