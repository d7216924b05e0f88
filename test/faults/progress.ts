// Shows how far a run is, every ten seconds.
const EVERY_MS = 10_000;

export function progressOf(count: number, say: (text: string) => void) {
	const begun = Date.now();
	let done = 0;
	const timer = setInterval(() => {
		say(`  … ${done} of ${count} cells, ${Math.round((Date.now() - begun) / 1000)} s`);
	}, EVERY_MS);
	return {
		oneMore: () => {
			done += 1;
		},
		end: () => clearInterval(timer),
	};
}
