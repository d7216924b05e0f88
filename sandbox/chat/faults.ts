// How a gateway can answer, and the misbehaviour that only gateways know.
import { z } from 'zod';
import { readDirectives } from '../faults/directives';
import { faultsSchema } from '../faults/faults';
import { takeOwnDirectives } from '../faults/own-directives';
import { oddityNames } from './oddities';

export const shapes = [
	...(['a', 'b', 'c', 'd', 'e', 'f', 'g'] as const),
	...(['h', 'i', 'j', 'k', 'l', 'm', 'n'] as const),
] as const;
/**
 * Where the images are: markdown, progress log, nowhere, content parts, message.images, text data, data[]; parts with a
 * source, with inlineData, with b64_json, of the type output_image; images[] alone; bare base64, and JSON as text.
 */
export type Shape = (typeof shapes)[number];

const MAX_IMAGES = 8;
const MAX_MEGABYTES = 100;

export const chatFaultsSchema = faultsSchema.extend({
	shape: z.enum(shapes).optional(),
	/** How an image is written, where the shape leaves a choice. */
	as: z.enum(['link', 'data', 'base64', 'download']).optional(),
	/** Images per choice. */
	images: z.coerce.number().int().min(1).max(MAX_IMAGES).optional(),
	/** The text shows the reference images too. */
	echo: z.boolean().optional(),
	/** Text in the place of an image. */
	refuse: z.boolean().optional(),
	/** An event stream, although stream is false. */
	stream: z.boolean().optional(),
	/** The first image has so many megabytes of base64. */
	big: z.coerce.number().int().min(1).max(MAX_MEGABYTES).optional(),
	/** The last data URI ends halfway, and with it the answer. */
	cutUri: z.boolean().optional(),
});

export type ChatFaults = z.input<typeof chatFaultsSchema>;
export type CheckedChatFaults = z.output<typeof chatFaultsSchema>;

/** What the home page tells people they can write for the gateway alone. */
export const chatDirectiveHelp: ReadonlyArray<readonly [string, string]> = [
	['shape=b', 'where the answer has its images: a to n'],
	['as=data', 'how an image is written: link, data (URI), base64, download (that link only)'],
	['images=2', 'images per choice'],
	['echo', 'the text shows the reference images too'],
	['refuse', 'a text in the place of an image'],
	['stream', 'an event stream, although stream is false'],
	['big=40', 'an image of so many megabytes of base64'],
	['cut-uri', 'a data URI that is cut short'],
	['create=200 odd=NAME', `the honest answer in an odd form: ${oddityNames.join(', ')}`],
];

const ownFields = {
	shape: 'shape',
	as: 'as',
	images: 'images',
	echo: 'echo',
	refuse: 'refuse',
	stream: 'stream',
	big: 'big',
	'cut-uri': 'cutUri',
} as const;

/** Throws an error that names the wrong field. */
export function checkChatFaults(faults: unknown): CheckedChatFaults {
	const checked = chatFaultsSchema.safeParse(faults);
	if (checked.success) return checked.data;
	const issue = checked.error.issues[0];
	throw new Error(`Faults: ${issue?.path.join('.') || '(top level)'}: ${issue?.message}`);
}

/** Returns the prompt without its directives, and the faults that they ask for. */
export function readChatDirectives(prompt: string): { prompt: string; faults: CheckedChatFaults } {
	const { prompt: rest, words } = takeOwnDirectives(prompt, Object.keys(ownFields));
	const shared = readDirectives(rest);
	const own = Object.entries(ownFields).flatMap(([word, field]) =>
		words[word] === undefined ? [] : [[field, words[word]] as const],
	);
	const faults = checkChatFaults({ ...shared.faults, ...Object.fromEntries(own) });
	return { prompt: shared.prompt, faults };
}
