// What a person sees each of a protocol's parameters called: messages speak of fields.
import { fieldsOf } from './answers/loose';

/** By the protocol's name; what stands inside another parameter is named with it. */
export const FIELD_NAMES: Readonly<Record<string, string>> = {
	aspect_ratio: 'Size',
	background: 'Background',
	'background_options.completion_window': 'Completion Window',
	callback_url: 'Callback URL',
	complexity: 'Complexity',
	frame_count: 'Frame Count',
	frame_duration_ms: 'Frame Duration (Milliseconds)',
	image: 'Input Images',
	image_urls: 'Input Images',
	input_fidelity: 'Input Fidelity',
	input_image_mask: 'Mask',
	input_images: 'Input Images',
	markup: 'Markup',
	mask: 'Mask',
	mask_url: 'Mask',
	moderation: 'Moderation',
	n: 'Number of Images',
	output_compression: 'Compression',
	output_format: 'Output Format',
	partial_images: 'Partial Images',
	prompt: 'Prompt',
	quality: 'Quality',
	response_format: 'Response Format',
	resolution: 'Resolution',
	safety_identifier: 'Safety Identifier',
	size: 'Size',
	stream: 'Stream',
	style: 'Style',
	'svg.model': 'SVG Model',
	'svg.reasoning.effort': 'SVG Reasoning Effort',
};

/** The field that a setting comes from: of several inside one, the first. */
export function fieldNameOf(name: string, value: unknown): string {
	if (Object.hasOwn(FIELD_NAMES, name)) return FIELD_NAMES[name]!;
	const [inner] = Object.entries(fieldsOf(value));
	return inner ? fieldNameOf(`${name}.${inner[0]}`, inner[1]) : name;
}

/** Before what is inside the image tool of a task. */
const IN_TOOL = /^tools(?:\[\d+\]|\.\d+)\.?/;
/** Which of several it is. */
const PLACE = /(?:\[\d*\]|\.\d+)$/;

/** The field that a server's error is about; its own word where that is no field, and undefined where it names none. */
export function fieldOfParam(param: string): string | undefined {
	const bare = param.replace(IN_TOOL, '').replace(PLACE, '');
	if (bare === '' || bare === 'tools') return undefined;
	return Object.hasOwn(FIELD_NAMES, bare) ? FIELD_NAMES[bare] : param;
}
