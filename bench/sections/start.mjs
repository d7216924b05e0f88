// What the package adds to n8n's start, how long each of its node files takes to load, and how large it is.
import { N8N_OPENAI, OURS } from '../frame/contenders.mjs';
import { loadTime, n8nOpenAiFile, ownNodeFiles } from '../start/loads.mjs';
import { prepareN8n, startOnce } from '../start/n8n.mjs';
import { packageSize } from '../start/tarball.mjs';

export const title = 'Start';
const section = title;
const ALONE = 'n8n without it';

/** What is told of a start. */
const STARTS = [
	['Until n8n serves', 's', 'seconds'],
	['Processor time until then', 's', 'processor'],
	['Memory of n8n that serves, garbage collected', 'MB', 'memory'],
];

/** In each run both start once, and in every other run the other one first. */
async function startRows({ runs, tell }) {
	const folders = await prepareN8n();
	const started = { without: [], with: [] };
	for (let run = 0; run < runs; run += 1) {
		const both = run % 2 === 0 ? ['without', 'with'] : ['with', 'without'];
		for (const name of both) {
			tell(`n8n starts ${name} the package, run ${run + 1} of ${runs}`);
			started[name].push(await startOnce(folders[name]));
		}
	}
	const hasIt = ({ hasPackage }) => hasPackage;
	const isRight = started.with.every(hasIt) && !started.without.some(hasIt);
	return STARTS.flatMap(([what, unit, name]) => {
		const valuesOf = (starts) => starts.map((start) => start[name]);
		const row = { section, what, unit };
		return [
			{ ...row, contender: ALONE, values: valuesOf(started.without), floor: true },
			{
				...row,
				contender: OURS,
				values: valuesOf(started.with),
				...(isRight ? {} : { problem: 'the package is not loaded in just one of the two' }),
			},
		];
	});
}

async function loadRows({ runs, tell }) {
	const own = ownNodeFiles();
	const loads = [
		['All node files together', OURS, own.map(({ path }) => path)],
		...own.map(({ name, path }) => [name, OURS, [path]]),
		['OpenAiImages.node.js', N8N_OPENAI, [n8nOpenAiFile()]],
	].map(([name, contender, paths]) => ({ what: `Load ${name}`, contender, paths, values: [] }));
	for (let run = 0; run < runs; run += 1) {
		for (const { what, paths, values } of loads) {
			tell(`${what}, run ${run + 1} of ${runs}`);
			values.push(await loadTime(paths));
		}
	}
	return loads.map(({ what, contender, values }) => ({
		section,
		what,
		contender,
		unit: 'ms',
		values,
	}));
}

async function sizeRows() {
	const { packed, unpacked } = await packageSize();
	const row = { section, contender: OURS, unit: 'KB' };
	return [
		{ ...row, what: 'Tarball, packed', values: [packed] },
		{ ...row, what: 'Tarball, unpacked', values: [unpacked] },
	];
}

/** @returns {Promise<import('../frame/statistics.mjs').Row[]>} */
export async function measure({ runs, tell }) {
	return [
		...(await startRows({ runs, tell })),
		...(await loadRows({ runs, tell })),
		...(await sizeRows()),
	];
}
