// What a story costs, by the estimate of its own node, is what its note and its pages say.
import { readFileSync } from 'node:fs';
import path from 'node:path';

import { NAMED_FORMATS } from '../../../nodes/shared/fields/severalFormats';
import type { Estimate, ImageRequest } from '../../../providers/contract';
import { createEvoLink } from '../../../providers/evolink';
import { estimateOfAll, type Estimator, priceOf } from '../../../providers/limits/orderPrice';
import { createOpenAiBatches } from '../../../providers/openai/batches';
import { createOpenAiImages } from '../../../providers/openai/images';
import { ROOT } from './pages';

interface Node {
	name: string;
	type: string;
	parameters: {
		content?: string;
		resource?: string;
		model?: { value: string };
		size?: string;
		formats?: string[];
		keepMotif?: boolean;
		quality?: string;
		inputImages?: { images: object[] };
		maskUrl?: string;
	};
}

const BASE = 'https://api.example.com';
const openAi = createOpenAiImages(BASE);
const evoLink = createEvoLink({ baseUrl: BASE, filesBaseUrl: BASE });
/** About as long as the longest prompt of the examples: text costs the least. */
const PROMPT = 'x'.repeat(200);

function estimatorOf({ type, parameters }: Node): Estimator {
	if (!type.endsWith('.openAiImages')) return evoLink;
	if (parameters.resource !== 'batch') return openAi;
	return { ...openAi, estimate: createOpenAiBatches(BASE).estimate };
}

function requestOf({ parameters }: Node): ImageRequest {
	const { model, size, formats, quality, inputImages, maskUrl } = parameters;
	return {
		model: model!.value,
		prompt: PROMPT,
		count: 1,
		quality,
		references: (inputImages?.images ?? []).map(() => ({ label: 'an input image' })),
		...(maskUrl !== undefined && { mask: { label: 'the mask' } }),
		...(formats
			? {
					formats: formats.map((name) => NAMED_FORMATS.find(({ value }) => value === name)!),
					keepMotif: parameters.keepMotif !== false,
				}
			: { size }),
	};
}

function nodesOf(example: string): Node[] {
	const text = readFileSync(path.join(ROOT, 'examples', `${example}.json`), 'utf8');
	return (JSON.parse(text) as { nodes: Node[] }).nodes;
}

function notesOf(example: string): string {
	return nodesOf(example)
		.map(({ parameters }) => parameters.content ?? '')
		.join('\n');
}

/** Two digits of each amount, such as $0.24 and $0.49. */
function amounts({ min, max }: Estimate, times: number): [string, string] {
	const [least, most] = [min, max].map((amount) => `$${Number((amount * times).toPrecision(2))}`);
	return [least!, most!];
}

function priced(example: string, nodeName: string, times: number): [string, string] {
	const node = nodesOf(example).find(({ name }) => name === nodeName)!;
	const { parts } = priceOf(requestOf(node), estimatorOf(node));
	return amounts(estimateOfAll(parts)!, times);
}

const read = (page: string) => readFileSync(path.join(ROOT, page), 'utf8');

const IN_NOTE_AND_PAGES = [
	['scheduled-post', 'Draw three formats', 1],
	['crm-picture', 'Draw a new scene', 1],
	['crm-picture', 'Change only the background', 1],
	['campaign-from-a-sheet', 'Draw the drafts', 1],
	['campaign-from-a-sheet', 'Make them in full quality', 1],
	['another-provider', 'Draw with EvoLink', 8],
	['agent-that-draws', 'Draw a picture', 1],
	['half-price-overnight', 'Order them all', 1],
	['product-photos', 'Make the picture', 5],
] as const;

test.each(IN_NOTE_AND_PAGES)('%s: %s, %d times', (example, node, times) => {
	const [least, most] = priced(example, node, times);
	expect(notesOf(example)).toContain(`${least} to ${most}`);
	expect(read(`docs/stories/${example}.md`)).toContain(`${least} to ${most}`);
	expect(read(`docs/ko/stories/${example}.md`)).toContain(`${least} ~ ${most}`);
});

test.each([
	['Draw the drafts', 40],
	['Make them in full quality', 40],
])('the campaign page counts up forty: %s', (node, times) => {
	const [least, most] = priced('campaign-from-a-sheet', node, times);
	const page = 'stories/campaign-from-a-sheet.md';
	expect(read(`docs/${page}`)).toContain(`${least} to ${most}`);
	expect(read(`docs/ko/${page}`)).toContain(`${least} ~ ${most}`);
});

test('stories without a page of their own', () => {
	const [least, most] = priced('first-image', 'Make an image', 1);
	expect(notesOf('first-image')).toContain(`${least} to ${most}`);
	const [half, more] = priced('half-price-overnight', 'Order them all', 1);
	expect(notesOf('half-price-received')).toContain(`${half} to ${more}`);
});
