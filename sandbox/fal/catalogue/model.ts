// What the sandbox knows of one of fal's models: what it takes, what it answers, what it costs.
import type { Job } from '../job';
import type { Fields, JsonSchema } from './schema';

/** How a file is described: with its size in pixels, with empty places for it, or without. */
export type FileShape = 'sized' | 'empty' | 'sizeless';

export type Extra =
	| 'seed'
	| 'timings'
	| 'has_nsfw_concepts'
	| 'prompt'
	| 'description'
	| 'revised_prompt';

export interface Output {
	/** Which property holds the pictures. */
	pictures: 'images' | 'image' | 'both' | 'masks';
	file: FileShape;
	extras: readonly Extra[];
	/** A field that asks for the mask as well, as mask_image. */
	maskField?: string;
}

export interface Price {
	unitPrice: number;
	unit: string;
	/** How many units the pictures are. */
	unitsOf: (job: Job) => number;
}

export interface Model {
	id: string;
	name: string;
	category: 'text-to-image' | 'image-to-image';
	description: string;
	tags: readonly string[];
	group: string;
	isDeprecated?: boolean;
	input: Fields;
	/** Shown in the catalogue in place of the schema that the fields make; false: no schema at all. */
	shownSchemas?: Readonly<Record<string, JsonSchema>> | false;
	output: Output;
	/** What is drawn; "edit" starts from the first input image where there is one. */
	work: 'edit' | 'upscale' | 'cutout' | 'vector';
	price: Price;
	/** What the model checks beside its schema. Returns what is wrong with a field. */
	refuse?: (job: Job) => { field: string; message: string } | undefined;
}

/** The app that runs the model: its first two segments, three in a namespace. */
export function appOf(endpoint: string): string {
	const segments = endpoint.split('/');
	return segments.slice(0, appLength(segments)).join('/');
}

export function appLength([first]: readonly string[]): number {
	return first === 'workflows' || first === 'comfy' ? 3 : 2;
}
