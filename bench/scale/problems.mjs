// Counts the images that are missing, double or wrong: nothing else makes this measurement fail.
import { inLanes } from './lanes.mjs';
import { numberIn, sha256 } from './provider.mjs';

const LANES = 8;

const countBy = (list, keyOf) => {
	const counts = new Map();
	for (const entry of list) counts.set(keyOf(entry), (counts.get(keyOf(entry)) ?? 0) + 1);
	return counts;
};
const moreThanOnce = (counts) => [...counts.values()].filter((count) => count > 1).length;

/** Whether n8n's file is the picture of the item that it is reported for, and of that item's own task. */
async function isRight({ number, taskId, fileId }, { numberOfTask, pictures, server }) {
	if (numberOfTask.get(taskId) !== number) return false;
	try {
		return sha256(await server.file(fileId)) === pictures.get(number);
	} catch {
		return false;
	}
}

/** @returns {Promise<string[]>} none when every item has its one right image from its one task */
export async function findProblems({ images, tasks, wanted, stillOpen, pictures, server }) {
	const numberOfTask = new Map(tasks.map(({ id, prompt }) => [id, numberIn(prompt)]));
	const perNumber = countBy(images, ({ number }) => number);
	let wrong = 0;
	await inLanes(LANES, images, async (image) => {
		if (!(await isRight(image, { numberOfTask, pictures, server }))) wrong += 1;
	});
	const missing = wanted - [...perNumber.keys()].filter((number) => pictures.has(number)).length;
	return [
		server.hasEnded() && `n8n ended by itself; its last words are in ${server.logFile}`,
		missing > 0 && `${missing} images missing, ${stillOpen} executions still open`,
		moreThanOnce(perNumber) > 0 && `${moreThanOnce(perNumber)} images double`,
		wrong > 0 && `${wrong} images wrong`,
		tasks.length > wanted && `${tasks.length - wanted} tasks too many paid for`,
	].filter(Boolean);
}
