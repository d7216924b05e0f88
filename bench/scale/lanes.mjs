// Works through a list, a few at a time.

export async function inLanes(lanes, list, work) {
	const left = [...list];
	const lane = async () => {
		for (let next = left.shift(); next !== undefined; next = left.shift()) await work(next);
	};
	await Promise.all(Array.from({ length: lanes }, lane));
}
