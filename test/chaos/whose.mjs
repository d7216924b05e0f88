// Knows whose request it is: a create has its wish's marker in the prompt, and what leads on from its answer is learned.
import { markerIn } from '../queue/wishes.mjs';

const ID = /"(?:id|request_id|task_id|job_id|output_file_id|error_file_id)":\s*"([^"]{6,})"/g;
/** Files on their way in: pictures to edit, and the lines of a batch. */
const UPLOAD = /\/(?:files|storage|upload)(?:\/|$)/;
const TELLS_IDS = new Set(['create', 'upload', 'batch']);
const LINK = /https?:\/\/[^"'\s\\)<>]+/g;
const OF_A_PICTURE = /^\/[\w-]+-(?:results|cdn|files|links)\/|\/(?:results|public)\//;

export function createWhose() {
	const byId = new Map();
	const byPath = new Map();
	const counts = new Map();

	const ofPath = (path) =>
		byPath.get(path) ??
		path
			.split(/[/?]/)
			.map((part) => byId.get(part))
			.find(Boolean);

	const ofIds = (body) => [...byId].find(([id]) => body.includes(id))?.[1];

	const kindOf = (method, path, isNamed) => {
		if (method !== 'GET' && UPLOAD.test(path)) return 'upload';
		if (method === 'GET' && path.includes('/batches/')) return 'batch';
		if (isNamed || path.endsWith('/batches')) return 'create';
		if (OF_A_PICTURE.test(path)) return 'download';
		return method === 'GET' || path.endsWith('/batch') ? 'poll' : 'other';
	};

	return {
		/** Whose task it is; its ID may stand at the end of a path. */
		ofTask: (taskId) => byId.get(taskId.split('/').at(-1)),
		/** The marker of the request's wish, if it has one, its kind, and the how many-th it is. */
		ask({ method, url, body }) {
			const path = url.split('?')[0];
			const wished = markerIn(body);
			const marker = wished ?? ofPath(path) ?? ofIds(body) ?? path;
			const kind = kindOf(method, path, wished !== undefined);
			const name = `${marker} ${kind}`;
			const count = (counts.get(name) ?? 0) + 1;
			counts.set(name, count);
			return { marker, kind, count };
		},
		/** Remembers which IDs and links came in the answer about a wish. */
		learn({ marker, kind }, text) {
			if (TELLS_IDS.has(kind)) for (const [, id] of text.matchAll(ID)) byId.set(id, marker);
			for (const [link] of text.matchAll(LINK)) {
				const path = new URL(link).pathname;
				const known = ofPath(path) ?? (markerIn(marker) && marker);
				if (known) byPath.set(path, known);
			}
		},
	};
}
