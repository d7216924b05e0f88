// Makes the images of a job: draws them, counts the tokens, charges the key, and writes the Images API's answer.
import { drawnSizeOf } from '../../faults/drawn-size';
import type { PixelSize } from '../../drawing/sizes';
import type { Account } from '../accounts/accounts';
import { moderationBlocked, OpenAIError } from '../errors';
import type { CheckedOpenAIFaults } from '../faults';
import { frameSize } from './gif';
import type { ImageJob } from './job';
import type { ImageLinks } from './links';
import { renderImage } from './render';
import { pixelsOf } from './size';
import { svgDollars, svgUsage, type SvgUsage } from './svg';
import {
	imageDollars,
	type ImageUsage,
	inputImageTokens,
	outputImageTokens,
	PARTIAL_IMAGE_TOKENS,
	textTokens,
	usageJson,
} from './tokens';

export interface MadeImages {
	images: Buffer[];
	size: PixelSize;
	usage: ImageUsage;
	/** What writing an SVG took. */
	svg?: SvgUsage;
	dollars: number;
}

/** Refuses what moderation or a told failure refuses, before anything is drawn. */
export function checkOutcome(faults: CheckedOpenAIFaults): void {
	if (faults.moderation) throw moderationBlocked(faults.moderation);
	if (faults.fail === undefined) return;
	const code = faults.fail;
	if (code === 'server_error') throw new OpenAIError(500);
	throw new OpenAIError(400, `The image could not be generated: ${code}.`, {
		type: 'image_generation_user_error',
		code,
	});
}

/** Shares: 1 is the full price, a half the price of a batch. */
export async function makeImages(
	job: ImageJob,
	faults: CheckedOpenAIFaults,
	priceShare = 1,
): Promise<MadeImages> {
	const [reference] = job.material?.images ?? [];
	const drawn = job.animation ? frameSize(job.size, reference) : pixelsOf(job.size, reference);
	const size = drawnSizeOf(faults) ?? drawn;
	const count = Math.max(0, job.n - (faults.fewerImages ?? 0));
	const images: Buffer[] = [];
	for (let index = 0; index < count; index++) images.push(await renderImage(job, index, size));
	const usage = usageOf(job, size, count);
	const svg = job.author && images[0] && svgUsage(job.author, images[0]);
	const dollars = imageDollars(job.rules, usage, count) + (svg ? svgDollars(svg) : 0);
	return { images, size, usage, ...(svg && { svg }), dollars: dollars * priceShare };
}

function usageOf(job: ImageJob, size: PixelSize, n: number): ImageUsage {
	const { drawnPrompt, material, rules, quality, partialImages, animation } = job;
	const frames = animation?.frames ?? 1;
	const each =
		frames * outputImageTokens(rules, quality, size) + partialImages * PARTIAL_IMAGE_TOKENS;
	const overlays = material?.markupFacts ? [material.markupFacts] : [];
	const imageIn = [...(material?.images ?? []), ...overlays]
		.map(inputImageTokens)
		.reduce((sum, one) => sum + one, 0);
	return {
		textIn: textTokens(drawnPrompt),
		imageIn,
		imageOut: n * each,
	};
}

/** The answer of generations, edits and variations. */
export function imagesJson(
	job: ImageJob,
	made: MadeImages,
	account: Account,
	links: ImageLinks,
	{ damaged, linkLifetimeSeconds }: CheckedOpenAIFaults,
): Record<string, unknown> {
	const { key } = account;
	const revised = job.rules.style === true && { revised_prompt: job.drawnPrompt };
	const data = made.images.map((bytes, index) => ({
		...revised,
		...(job.answerAs === 'url'
			? { url: links.add(key, bytes, job.format, linkLifetimeSeconds) }
			: { b64_json: (damaged === index + 1 ? halfOf(bytes) : bytes).toString('base64') }),
	}));
	const answer = { created: Math.floor(Date.now() / 1000), data };
	if (job.rules.family === 'dall-e') return answer;
	return {
		...answer,
		background: job.background,
		output_format: job.format,
		quality: job.quality,
		size: `${made.size.width}x${made.size.height}`,
		...(job.safetyIdentifier !== undefined && { safety_identifier: job.safetyIdentifier }),
		usage: usageJson(made.usage),
		...(made.svg && { svg_usage: made.svg }),
	};
}

function halfOf(bytes: Buffer): Buffer {
	return bytes.subarray(0, Math.ceil(bytes.length / 2));
}
