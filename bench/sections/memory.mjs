// How much memory large pictures take over what n8n's engine had before, at the highest moment.
import { prepareEngine } from '../engine/engine.mjs';
import { OURS } from '../frame/contenders.mjs';
import { gatherRows } from '../frame/rows.mjs';
import { contendersOf, measureCase } from '../pictures/case.mjs';
import { measureReferences, REFERENCE_WAYS } from '../pictures/references.mjs';
import { startPictureServer } from '../pictures/start.mjs';

export const title = 'Memory over base: large pictures in and out, with n8n’s files on disk';

const SECTION = 'Memory over base';
const COUNT = 12;
const LIMIT = { value: 100 };

const cases = (quick) =>
	(quick ? [24] : [24, 48]).flatMap((megabytes) =>
		[false, true].flatMap((isLink) =>
			[1, 4].map((atOnce) => ({
				count: COUNT,
				megabytes,
				isLink,
				atOnce,
				measuresMemory: true,
			})),
		),
	);
const nameOf = ({ count, megabytes, isLink, atOnce }) =>
	`${count} × ${megabytes} MB, ${isLink ? 'links' : 'base64'}, ${atOnce} at once`;

export async function measure({ quick, runs, tell }) {
	await prepareEngine();
	const service = await startPictureServer();
	const rows = gatherRows(SECTION, 'MB');
	// Only ours has a mark to meet, and only ours fails the command. Who else can't do a case is left out of it.
	const add = (one, what, contender, { memory, problem }) =>
		rows.add(what, contender, contender !== OURS && problem ? undefined : memory, {
			chart: one.megabytes === 24,
			...(contender === OURS && { limit: LIMIT, problem }),
		});
	try {
		for (let run = 1; run <= runs; run++) {
			for (const one of cases(quick)) {
				for (const contender of contendersOf(one)) {
					tell(`run ${run}, ${nameOf(one)}, ${contender}`);
					add(one, nameOf(one), contender, await measureCase(contender, one, service));
				}
			}
			// Of these, the longest takes as long as four others.
			for (const way of run === 1 && !quick ? REFERENCE_WAYS : REFERENCE_WAYS.slice(0, 1)) {
				tell(`run ${run}, ${way.name}`);
				add(way, way.name, OURS, await measureReferences(way, service));
			}
		}
	} finally {
		await service.stop();
	}
	return rows.all();
}
