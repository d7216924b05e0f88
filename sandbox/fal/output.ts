// A model's own answer: its pictures under the name that it gives them, with what else it tells.
import type { Extra, FileShape, Model } from './catalogue/model';
import type { Job } from './job';

export interface MadeImage {
	url: string;
	fileName: string;
	/** Bytes, where they are known. */
	fileSize?: number;
	isBlack: boolean;
}

export interface Made {
	images: MadeImage[];
	mask?: MadeImage;
	seed: bigint | number;
	/** Seconds that it took. */
	inferenceTime: number;
}

export const mimeTypeOf = (format: Job['format']): string =>
	format === 'svg' ? 'image/svg+xml' : `image/${format}`;

export function outputOf({ output }: Model, job: Job, made: Made): Record<string, unknown> {
	const files = made.images.map((image) => fileOf(output.file, image, job));
	const extras = output.extras.map((extra) => [extra, extraOf(extra, job, made)] as const);
	return {
		...(output.pictures === 'image' ? { image: files[0] ?? null } : {}),
		...(output.pictures === 'both' ? { image: files[0] ?? null, images: files } : {}),
		...(output.pictures === 'images' ? { images: files } : {}),
		...(output.pictures === 'masks' ? { masks: files } : {}),
		...(made.mask && { mask_image: fileOf(output.file, made.mask, job) }),
		...Object.fromEntries(extras),
	};
}

function fileOf(shape: FileShape, { url, fileName, fileSize }: MadeImage, job: Job) {
	const contentType = mimeTypeOf(job.format);
	const { width, height } = job.size;
	switch (shape) {
		case 'sized':
			return { url, width, height, content_type: contentType };
		case 'empty':
			return {
				url,
				content_type: contentType,
				file_name: fileName,
				file_size: fileSize ?? null,
				width: null,
				height: null,
			};
		case 'sizeless':
			return { url, content_type: contentType, file_name: fileName, file_size: fileSize ?? null };
	}
}

function extraOf(extra: Extra, { prompt }: Job, made: Made): unknown {
	switch (extra) {
		case 'seed':
			return made.seed;
		case 'timings':
			return { inference: made.inferenceTime };
		case 'has_nsfw_concepts':
			return made.images.map(({ isBlack }) => isBlack);
		case 'prompt':
			return prompt;
		case 'description':
			return '';
		case 'revised_prompt':
			return `${prompt} In fine detail.`;
	}
}
