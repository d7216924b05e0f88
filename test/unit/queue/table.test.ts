// What the queue test counts as an image that came out twice, and what as a workflow that was started again after a kill.
import { execFileSync } from 'node:child_process';

interface Came {
	executionId: string;
	recoveredBy?: string;
	receivesFor?: string;
}

interface Wish {
	images: Came[];
	newestBeforeKill?: number;
	books?: { created: number; charged: number };
}

const ROW = 'coretoday-trigger';
const PAID = { created: 1, charged: 1 };

/** The line of a table with one wish. */
function lineOf({ images, newestBeforeKill, books = PAID }: Wish): unknown {
	const marker = `wish-${ROW}-1-1`;
	const wish = {
		marker,
		fails: false,
		row: { id: ROW },
		phase: { title: 'any' },
		newestBeforeKill,
	};
	const entry = { ...books, ids: ['task-1'] };
	const outcome = { images, errors: [] };
	const program = `import { countUp } from './test/queue/table.mjs';
const lines = countUp(
	[${JSON.stringify(wish)}],
	new Map([['${marker}', ${JSON.stringify(entry)}]]),
	new Map([['${marker}', ${JSON.stringify(outcome)}]]),
);
console.log(JSON.stringify(lines[0]));`;
	const args = ['--input-type=module', '-e', program];
	return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }));
}

/** An image of the row's own trigger. */
const from = (executionId: string): Came => ({ executionId, receivesFor: ROW });

const once = { imageOut: 1, lost: 0, twice: 0, startedAgain: 0 };

test.each<[string, Wish, object]>([
	['one image', { images: [from('9')] }, once],
	['one image, after a kill', { images: [from('11')], newestBeforeKill: 10 }, once],
	[
		'started before the kill, and again after it',
		{ images: [from('11'), from('9')], newestBeforeKill: 10 },
		{ ...once, startedAgain: 1 },
	],
	[
		'fetched once more by a recovery, and heard of by the trigger of another row',
		{
			images: [
				from('9'),
				{ executionId: '11', recoveredBy: 'saved ID + Wait' },
				{ executionId: '12', receivesFor: 'openai-batch' },
			],
			newestBeforeKill: 10,
		},
		once,
	],
])('%s', (_, wish, line) => {
	expect(lineOf(wish)).toMatchObject(line);
});

test.each<[string, Wish]>([
	['nothing was killed', { images: [from('9'), from('11')] }],
	['both before the kill', { images: [from('9'), from('10')], newestBeforeKill: 10 }],
	['both after the kill', { images: [from('11'), from('12')], newestBeforeKill: 10 }],
	['twice in one execution', { images: [from('9'), from('9')], newestBeforeKill: 10 }],
	['three times', { images: [from('9'), from('11'), from('12')], newestBeforeKill: 10 }],
	[
		'once by the workflow that has ordered it',
		{ images: [{ executionId: '9' }, from('11')], newestBeforeKill: 10 },
	],
])('twice: %s', (_, wish) => {
	expect(lineOf(wish)).toMatchObject({ ...once, twice: 1 });
});

test('what was made and charged twice is never only started again', () => {
	const images = [from('9'), from('11')];
	const books = { created: 2, charged: 2 };
	expect(lineOf({ images, books, newestBeforeKill: 10 })).toMatchObject({ twice: 1 });
});
