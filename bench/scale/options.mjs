// What a person can say to npm run bench:scale.
import { parseArgs } from 'node:util';

import { ClearError } from '../../scripts/lib/say.mjs';
import { modeNames } from './workflows.mjs';

export const USAGE = `npm run bench:scale                       1,000 tasks, all ways of waiting (about 15 minutes)
npm run bench:scale -- --tasks 60         fewer tasks at once
npm run bench:scale -- --items 25,1000    items in one execution; a table for each of these numbers
npm run bench:scale -- --seconds 60-90    how long the sandbox takes for each task: from … to, or always the same
npm run bench:scale -- --memory 512       megabytes of heap that n8n may use
npm run bench:scale -- --n8n NAME=VALUE   a further setting of n8n, as an environment variable; may be repeated
npm run bench:scale -- --modes wait,loop  some ways of waiting only: ${modeNames.join(', ')}

Ten thousand tasks in 40 suspended executions:
npm run bench:scale -- --tasks 10000 --items 250 --seconds 300-360 --modes suspend`;

function wholeNumber(text, name) {
	const number = Number(text);
	if (Number.isInteger(number) && number > 0) return number;
	throw new ClearError(`--${name} takes whole numbers above 0, not "${text}".\n\n${USAGE}`);
}

function settingsOf(texts) {
	const pairs = texts.map((text) => /^(\w+)=(.*)$/.exec(text)?.slice(1));
	if (pairs.every(Boolean)) return Object.fromEntries(pairs);
	throw new ClearError(
		`--n8n takes NAME=VALUE, not "${texts[pairs.indexOf(undefined)]}".\n\n${USAGE}`,
	);
}

function parse(args) {
	try {
		return parseArgs({
			args,
			options: {
				tasks: { type: 'string', default: '1000' },
				items: { type: 'string', default: '25,1000' },
				seconds: { type: 'string', default: '60-90' },
				memory: { type: 'string', default: '512' },
				modes: { type: 'string', default: modeNames.join(',') },
				n8n: { type: 'string', multiple: true, default: [] },
				help: { type: 'boolean', default: false },
			},
		}).values;
	} catch (error) {
		throw new ClearError(`${error.message}\n\n${USAGE}`);
	}
}

/**
 * @returns {{tasks: number, items: number[], seconds: {from: number, to: number}, memory: number,
 *   modes: string[], settings: Record<string, string>, help: boolean}}
 *   items: how many items an execution has, in each of the tables
 */
export function readOptions(args) {
	const values = parse(args);
	const tasks = wholeNumber(values.tasks, 'tasks');
	const items = values.items.split(',').map((text) => Math.min(wholeNumber(text, 'items'), tasks));
	const modes = values.modes.split(',');
	const unknown = modes.find((name) => !modeNames.includes(name));
	if (unknown !== undefined) {
		throw new ClearError(`There is no way of waiting named "${unknown}".\n\n${USAGE}`);
	}
	const [from, to = from] = values.seconds.split('-').map((text) => wholeNumber(text, 'seconds'));
	return {
		tasks,
		items: [...new Set(items)],
		seconds: { from, to },
		memory: wholeNumber(values.memory, 'memory'),
		modes,
		settings: settingsOf(values.n8n),
		help: values.help,
	};
}
