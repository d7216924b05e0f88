// One case with large pictures: so many items of so many megabytes, as base64 or behind links, so many at once.
import { digestOfPicture } from './picture.mjs';
import {
	directRequests,
	floorNode,
	n8nNode,
	OUR_PROVIDERS,
	ourNode,
} from '../engine/contenders.mjs';
import { inNewProcess } from '../engine/engine.mjs';
import { wrongIn } from '../engine/pictures.mjs';
import { FLOOR, HTTP_REQUEST, N8N_OPENAI, OURS } from '../frame/contenders.mjs';

const [OPENAI] = OUR_PROVIDERS;

const promptOf = (number, { megabytes, isLink }) =>
	`Picture ${number}, ${megabytes} MB${isLink ? ', as link' : ''}`;
const itemsOf = (count, one) =>
	Array.from({ length: count }, (_none, index) => ({
		number: index + 1,
		prompt: promptOf(index + 1, one),
	}));

function workflowOf(contender, { isLink, atOnce }, service) {
	if (contender === FLOOR) return floorNode(service, atOnce);
	if (contender === N8N_OPENAI) return n8nNode(service);
	if (contender === HTTP_REQUEST) return directRequests(service, isLink);
	const { baseUrl, apiKey } = service;
	return ourNode({ ...OPENAI, credentials: { openAiImagesApi: { apiKey, baseUrl } } }, atOnce);
}

/**
 * Runs a case in a new process, after small pictures, so that all code is loaded: as many of them, or one where memory is
 * measured.
 * @param {{count: number, megabytes: number, isLink: boolean, atOnce: number, measuresMemory?: boolean}} one
 */
export async function measureCase(contender, one, service) {
	const workflow = workflowOf(contender, one, service);
	const first = {
		...workflow,
		items: itemsOf(one.measuresMemory ? 1 : one.count, { ...one, megabytes: 1 }),
	};
	const { measuresMemory } = one;
	const job = { ...workflow, items: itemsOf(one.count, one), measuresMemory };
	const [, result] = await inNewProcess([first, job]);
	const expected = job.items.map(({ number }) => digestOfPicture(number, one.megabytes));
	return { ...result, problem: wrongIn(result, expected, one.count) };
}

/** Who can do a case at all. */
export function contendersOf({ isLink, atOnce }) {
	// n8n's node takes one after the other and downloads no links; plain HTTP Requests go out all at once.
	const others = isLink || atOnce > 1 ? [] : [N8N_OPENAI];
	return [OURS, ...others, ...(atOnce > 1 ? [HTTP_REQUEST] : [])];
}
