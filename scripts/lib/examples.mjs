// Reads the example workflows as n8n is to show them: in order, numbered, and under a tag.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { inRoot } from './paths.mjs';
import { ClearError } from './say.mjs';

export const examplesFolder = inRoot('examples');

/** Where the examples expect n8n and the sandbox; other ports are put in their place. */
const USUAL = { n8n: 'http://127.0.0.1:5678/', sandbox: 'http://127.0.0.1:8788/' };

/**
 * Folders need a registered n8n, tags don't. n8n takes a tag for several workflows of one import only if its ID and its
 * time of creation are given.
 */
const tag = (id, name) => ({
	id,
	name,
	createdAt: '2026-01-01T00:00:00.000Z',
	updatedAt: '2026-01-01T00:00:00.000Z',
});

/** From the first one that a newcomer opens to the last. Examples that aren't named here come after them, without a tag. */
const GROUPS = [
	{
		tag: tag('imagegenStories', 'Stories'),
		examples: [
			'first-image',
			'scheduled-post',
			'crm-picture',
			'campaign-from-a-sheet',
			'another-provider',
			'agent-that-draws',
			'half-price-overnight',
			'half-price-received',
			'product-photos',
		],
	},
	{
		tag: tag('imagegenWaiting', 'Ways of waiting'),
		examples: [
			'edit-an-image',
			'three-versions',
			'fal-four-scenes',
			'every-format',
			'better-prompt',
			'image-by-chat',
			'background-task',
			'time-limit',
			'suspend-a-campaign',
			'order-with-callback',
			'receive-by-callback',
			'order-at-core-today',
			'receive-from-core-today',
			'order-a-batch',
			'receive-batches',
		],
	},
];

const ORDER = GROUPS.flatMap(({ examples }) => examples);

const tagsOf = (name) =>
	GROUPS.filter(({ examples }) => examples.includes(name)).map((group) => group.tag);

const placeOf = (name) => (ORDER.includes(name) ? ORDER.indexOf(name) : ORDER.length);

/** n8n lists workflows by the time of their last change, latest first. */
const changedAt = (place) => new Date(Date.UTC(2026, 0, 1) - place * 60_000).toISOString();

/** The examples, first things first, for an n8n and a sandbox on ports of this machine. */
export function readExamples(folder, ports) {
	const files = existsSync(folder)
		? readdirSync(folder).filter((name) => name.endsWith('.json'))
		: [];
	if (files.length === 0) throw new ClearError(`There is no example workflow in ${folder}.`);
	const names = files.map((file) => file.replace(/\.json$/, ''));
	names.sort((one, other) => placeOf(one) - placeOf(other) || one.localeCompare(other));
	return names.map((name, place) => {
		const text = readFileSync(join(folder, `${name}.json`), 'utf8');
		const workflow = JSON.parse(
			text
				.replaceAll(USUAL.n8n, `http://127.0.0.1:${ports.n8n}/`)
				.replaceAll(USUAL.sandbox, `http://127.0.0.1:${ports.sandbox}/`),
		);
		return {
			name,
			workflow: {
				...workflow,
				name: `${place + 1} ${workflow.name}`,
				tags: tagsOf(name),
				updatedAt: changedAt(place),
			},
		};
	});
}

/** Which Data Tables the examples use. tables/post-topics.csv becomes the Data Table “Post topics”. */
export function readTables(folder) {
	const tables = join(folder, 'tables');
	const files = existsSync(tables) ? readdirSync(tables).sort() : [];
	return files.map((file) => {
		const words = file.replace(/\.csv$/, '').replaceAll('-', ' ');
		const name = words.charAt(0).toUpperCase() + words.slice(1);
		const path = join(tables, file);
		return { name, path, csv: readFileSync(path, 'utf8') };
	});
}
