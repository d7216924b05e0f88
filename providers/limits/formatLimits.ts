// Holds an output format against what any such format, or the model with it, can do.
import type { ImageRequest, ModelLimits } from '../contract';
import { badInput } from '../failure';
import { fieldNameOf } from '../fieldNames';

const FORMAT_NAMES = new Map([
	['gif', 'GIF'],
	['jpeg', 'JPEG'],
	['png', 'PNG'],
	['svg', 'SVG'],
	['webp', 'WebP'],
]);
const LOSSLESS: ReadonlySet<string> = new Set(['gif', 'png', 'svg']);

/** What formats can do, whoever draws: JPEG has no transparency, and only JPEG and WebP have lossy compression. */
export function checkFormat(
	{ background, outputFormat, compression }: ImageRequest,
	formats: readonly string[] | undefined,
): void {
	if (background === 'transparent' && outputFormat === 'jpeg') {
		throw badInput(
			"A JPEG can't have a transparent background.",
			'Set Output Format to PNG or WebP, or Background to another value.',
		);
	}
	if (compression === undefined) return;
	if (!Number.isInteger(compression) || compression < 0 || compression > 100) {
		throw badInput(
			'Compression must be a whole number from 0 to 100.',
			'Change it in the Options.',
		);
	}
	// Which format a model uses by itself is known only where its formats are.
	const format = outputFormat ?? (formats && 'png');
	if (format === undefined || !LOSSLESS.has(format)) return;
	throw badInput(
		`${format === 'svg' ? 'An' : 'A'} ${nameOf(format)} can't be compressed by a percentage.`,
		'Set Output Format to JPEG or WebP, or remove Compression from the Options.',
	);
}

/** What the model's formats go with. */
export function checkFormatUse(request: ImageRequest, limits: ModelLimits): void {
	const { extras = {}, outputFormat, mask, model } = request;
	for (const [name, value] of Object.entries(extras)) {
		const format = limits.extraFormats?.[name];
		if (format === undefined || format === outputFormat) continue;
		throw badInput(
			`The setting "${fieldNameOf(name, value)}" works only with the Output Format ${nameOf(format)}.`,
			`Set Output Format to ${nameOf(format)}, or remove the setting from the Options.`,
		);
	}
	const ruledOut = limits.formatLimits?.[outputFormat ?? ''];
	if (outputFormat === undefined || !ruledOut) return;
	const format = nameOf(outputFormat);
	const ruledOutExtra = ruledOut.extras?.find((name) => extras[name] !== undefined);
	if (ruledOutExtra !== undefined) {
		const setting = fieldNameOf(ruledOutExtra, extras[ruledOutExtra]);
		throw badInput(
			`${model} makes no ${format} with ${setting}.`,
			`Set Output Format to another value, or remove ${setting} from the Options.`,
		);
	}
	if (!ruledOut.noMask || !mask) return;
	throw badInput(
		`${model} makes no ${format} with a Mask.`,
		'Set Output Format to another value, or Mask to None.',
	);
}

function nameOf(format: string): string {
	return FORMAT_NAMES.get(format) ?? format;
}
