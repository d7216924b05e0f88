// Whether each of many items takes as much time and memory as each of few.
import { FLOOR, OURS } from '../frame/contenders.mjs';
import { runGrowth, startProvider } from '../growth/programs.mjs';
import { growthRows } from '../growth/rows.mjs';

export const title = 'Growth';

const SIZES = [1, 10, 100, 1_000];
/** In the first run only: it takes as long as all others together. */
const MOST_ITEMS = 10_000;

/** @returns {Promise<import('../frame/statistics.mjs').Row[]>} */
export async function measure({ quick, runs, tell }) {
	const sizes = quick ? SIZES : [...SIZES, MOST_ITEMS];
	const seen = { section: title, ours: [], floor: [] };
	const provider = await startProvider();
	const growth = async (name, words, run) => {
		let done = 0;
		const onLine = () => tell(`${words}, ${(done += 1)} sizes done, run ${run + 1} of ${runs}`);
		return await runGrowth(name, {
			origin: provider.origin,
			sizes: run === 0 ? sizes : SIZES,
			onLine,
		});
	};
	try {
		for (let run = 0; run < runs; run += 1) {
			seen.floor.push(await growth('floor', FLOOR, run));
			seen.ours.push(await growth('ours', OURS, run));
		}
	} finally {
		await provider.stop();
	}
	return growthRows(sizes, seen);
}
