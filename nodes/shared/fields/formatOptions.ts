// Options about the picture's file and content check, as several providers have them.
import type { INodeProperties, INodePropertyOptions } from 'n8n-workflow';

/** `description` says what this provider can do. */
export function backgroundOption(
	description: string,
	more: INodePropertyOptions[] = [],
): INodeProperties {
	return {
		displayName: 'Background',
		name: 'background',
		type: 'options',
		options: [{ name: 'Automatic', value: 'auto' }, { name: 'Opaque', value: 'opaque' }, ...more],
		default: 'auto',
		description,
	};
}

/** `usual` is the provider's own default. */
export function compressionOption(usual: number): INodeProperties {
	return {
		displayName: 'Compression',
		name: 'compression',
		type: 'number',
		typeOptions: { minValue: 0, maxValue: 100 },
		default: usual,
		description: 'For JPEG and WebP: 100 is the best picture, lower numbers make smaller files',
	};
}

export const moderationOption: INodeProperties = {
	displayName: 'Moderation',
	name: 'moderation',
	type: 'options',
	options: [
		{ name: 'Automatic', value: 'auto' },
		{ name: 'Low', value: 'low' },
	],
	default: 'auto',
	description: 'How strictly the content is checked',
};

/** `usual` is the provider's own default. `more` are formats that only some providers have. */
export function outputFormatOption(
	usual: 'png' | 'webp',
	more: INodePropertyOptions[] = [],
): INodeProperties {
	const options = [
		{ name: 'JPEG', value: 'jpeg' },
		{ name: 'PNG', value: 'png' },
		{ name: 'WebP', value: 'webp' },
		...more,
	];
	return {
		displayName: 'Output Format',
		name: 'outputFormat',
		type: 'options',
		options: options.sort((a, b) => a.name.localeCompare(b.name)),
		default: usual,
	};
}
