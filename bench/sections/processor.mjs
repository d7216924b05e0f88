// How much processor time a picture takes in n8n's engine, beside what the bare requests take.
import { prepareEngine } from '../engine/engine.mjs';
import { FLOOR, N8N_OPENAI, OURS } from '../frame/contenders.mjs';
import { gatherRows } from '../frame/rows.mjs';
import { measureCase } from '../pictures/case.mjs';
import { startPictureServer } from '../pictures/start.mjs';

export const title = 'Processor time of n8n’s engine';

const SECTION = 'Processor time';
const LIMIT = { ratio: 1.5 };
/** As many as take about a second: what is short is measured badly. */
const SIZES = [
	{ count: 96, megabytes: 1 },
	{ count: 12, megabytes: 24 },
];

const casesOf = (sizes) =>
	sizes.flatMap((size) => [false, true].map((isLink) => ({ ...size, isLink, atOnce: 4 })));
const nameOf = ({ count, megabytes, isLink }) =>
	`${count} × ${megabytes} MB, ${isLink ? 'links' : 'base64'}`;

export async function measure({ quick, runs, tell }) {
	await prepareEngine();
	const service = await startPictureServer();
	const rows = gatherRows(SECTION, 's');
	try {
		for (let run = 1; run <= runs; run++) {
			for (const one of casesOf(quick ? SIZES.slice(1) : SIZES)) {
				for (const contender of [OURS, ...(one.isLink ? [] : [N8N_OPENAI]), FLOOR]) {
					tell(`run ${run}, ${nameOf(one)}, ${contender}`);
					const { processor, problem } = await measureCase(contender, one, service);
					const more = {
						[OURS]: { limit: LIMIT, problem },
						[FLOOR]: { floor: true },
					}[contender];
					const value = contender !== OURS && problem ? undefined : processor;
					rows.add(nameOf(one), contender, value, { chart: true, ...more });
				}
			}
		}
	} finally {
		await service.stop();
	}
	return rows.all();
}
