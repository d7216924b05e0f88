// Writes JSON as Python does and sorts its names: the same in other bytes than JSON.stringify, so that a signature notices.
import { writeJson } from './big-json';

export function pythonJson(value: unknown): string {
	if (Array.isArray(value)) return `[${value.map(pythonJson).join(', ')}]`;
	if (typeof value !== 'object' || value === null) return writeJson(value ?? null);
	const entries = Object.entries(value)
		.filter(([, each]) => each !== undefined)
		.sort(([one], [other]) => (one < other ? -1 : 1));
	return `{${entries.map(([name, each]) => `${JSON.stringify(name)}: ${pythonJson(each)}`).join(', ')}}`;
}
