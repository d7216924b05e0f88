// The table at the end: for each node, completion mode and disturbance, what was wished, made, charged, and what came out.
import { textTable } from '../../scripts/lib/text-table.mjs';

const COLUMNS = [
	['Node', ({ row }) => row.name],
	['Waiting', ({ row }) => row.mode],
	['Disturbance', ({ phase }) => phase.title],
	['Wished', ({ wished }) => wished],
	['Not ordered', ({ notOrdered }) => notOrdered],
	['Created', ({ created }) => created],
	['Charged', ({ charged }) => charged],
	['Image out', ({ imageOut }) => imageOut],
	['Error with ID', ({ errors }) => errors],
	['Recovered', ({ recovered }) => recovered],
	['Lost', ({ lost }) => lost],
	['Twice', ({ twice }) => twice],
	['Started again', ({ startedAgain }) => startedAgain],
];

const NONE = { created: 0, charged: 0, ids: [] };
const NOTHING = { images: [], errors: [] };

/**
 * Whether a trigger has started its workflow before the kill, and once more after it. n8n makes the execution, and only
 * then saves what the trigger remembers and answers the provider: where it is killed between the two, nobody knows of the
 * first start, and the call comes again.
 */
function isStartedAgain({ row, newestBeforeKill }, images) {
	if (newestBeforeKill === undefined || images.length !== 2) return false;
	const ids = images.map(({ executionId }) => Number(executionId));
	return (
		images.every(({ receivesFor }) => receivesFor === row.id) &&
		Math.min(...ids) <= newestBeforeKill &&
		Math.max(...ids) > newestBeforeKill
	);
}

/** One wish, judged. A failure that was wished for costs nothing and comes out as an error with its ID. */
function judge(wish, ledger, outcomes) {
	const { marker, fails, phase, row } = wish;
	const { created, charged } = ledger.get(marker) ?? NONE;
	const { images, errors } = outcomes.get(marker) ?? NOTHING;
	const isNotOrdered = phase.mayStopOrdering === true && created === 0 && images.length === 0;
	const isAccountedFor = isNotOrdered || images.length > 0 || (errors.length > 0 && created > 0);
	const recovery = [...images, ...errors].every(({ recoveredBy }) => recoveredBy)
		? [...images, ...errors][0]?.recoveredBy
		: undefined;
	// Recovering fetches what is there once more: that is no second image. Nor does it cost anything.
	// Nor does OpenAI's trigger, which hears of all tasks of its project, those of other rows among them.
	const isOwn = ({ recoveredBy, receivesFor = row.id }) => !recoveredBy && receivesFor === row.id;
	const direct = images.filter(isOwn);
	const startedAgain = isStartedAgain(wish, direct);
	const outTwice = direct.length > 1 && !startedAgain;
	return {
		notOrdered: isNotOrdered ? 1 : 0,
		created,
		charged,
		imageOut: images.length > 0 && !recovery ? 1 : 0,
		errors: images.length === 0 && errors.length > 0 && !recovery ? 1 : 0,
		recovery,
		lost: isAccountedFor ? 0 : 1,
		twice: created > 1 || charged > 1 || outTwice || (fails && charged > 0) ? 1 : 0,
		startedAgain: startedAgain ? 1 : 0,
	};
}

const sum = (list, name) => list.reduce((total, one) => total + one[name], 0);

function recoveredText(judged) {
	const ways = new Map();
	for (const { recovery } of judged) {
		if (recovery) ways.set(recovery, (ways.get(recovery) ?? 0) + 1);
	}
	return [...ways].map(([way, count]) => `${count} by ${way}`).join(', ') || '0';
}

/** One line per row and phase, in the order in which the wishes were made. */
export function countUp(wishes, ledger, outcomes) {
	const groups = new Map();
	for (const wish of wishes) {
		const name = `${wish.row.id}\n${wish.phase.title}`;
		groups.set(name, [...(groups.get(name) ?? []), wish]);
	}
	return [...groups.values()].map((group) => {
		const judged = group.map((wish) => judge(wish, ledger, outcomes));
		return {
			row: group[0].row,
			phase: group[0].phase,
			wished: group.length,
			notOrdered: sum(judged, 'notOrdered'),
			created: sum(judged, 'created'),
			charged: sum(judged, 'charged'),
			imageOut: sum(judged, 'imageOut'),
			errors: sum(judged, 'errors'),
			recovered: recoveredText(judged),
			lost: sum(judged, 'lost'),
			twice: sum(judged, 'twice'),
			startedAgain: sum(judged, 'startedAgain'),
		};
	});
}

/** Wishes for which neither an image nor an error with an ID has come out yet. */
export function missing(wishes, ledger, outcomes) {
	return wishes.filter((wish) => judge(wish, ledger, outcomes).lost > 0);
}

export function asTable(lines) {
	return textTable([
		COLUMNS.map(([title]) => title),
		...lines.map((line) => COLUMNS.map(([, value]) => String(value(line)))),
	]);
}
