// Tells n8n how many tokens an image took, where OpenAI has told us.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageTask } from '../../providers/contract';
import { reportTokens } from '../shared/execute/tokenUsage';

/** Of a background task, both what the text model took and, where it is counted, what drawing took. */
export function reportUsage(context: IExecuteFunctions, { usage }: ImageTask): void {
	if (!usage) return;
	const counts = [usage, usage.image_gen] as Array<Record<string, unknown> | undefined>;
	reportTokens(context, sumOf(counts, 'input_tokens'), sumOf(counts, 'output_tokens'));
}

/** Undefined where nothing was counted. */
function sumOf(counts: Array<Record<string, unknown> | undefined>, name: string) {
	const numbers = counts.map((count) => count?.[name]).filter((value) => typeof value === 'number');
	return numbers.length === 0 ? undefined : numbers.reduce((sum, value) => sum + value, 0);
}
