// All cells: each fault at each operation whose step it can strike, each spell and each mode.
import { cellOf, MODES, SETTINGS, type Cell, type Mode } from './cells';
import { faults, type Fault } from './faults';
import { REFUSED } from './faults/connections';
import { operations, type Operation } from './operations';

export function allCells(): Cell[] {
	return operations.flatMap((operation) =>
		faults
			.filter((fault) => canStrike(fault, operation))
			.flatMap((fault) => cellsOf(fault, operation)),
	);
}

function canStrike(fault: Fault, { provider, id, step, isFirst }: Operation): boolean {
	if (fault.of && !fault.of.includes(provider)) return false;
	if (fault.at && !fault.at.includes(id.split('.')[0]!)) return false;
	if (fault.id === REFUSED && !isFirst && step !== 'download') return false;
	return fault.on.includes(step);
}

/** A fault that comes once only is for what is tried again, which must not be charged again. */
function cellsOf(
	{ id: fault, lasts }: Fault,
	{ provider, id: operation, calledBack, instead }: Operation,
): Cell[] {
	// A trigger has no item that could be tried again, and neither has a list.
	const isAlone = calledBack === 'trigger' || instead !== undefined;
	const modes: readonly Mode[] = isAlone ? ['stop'] : MODES;
	const again = isAlone ? modes : modes.filter((mode) => SETTINGS[mode].retries);
	return [
		...modes.map((mode) => cellOf({ provider, operation, fault, spell: 'always', mode })),
		...(lasts ? [] : again).map((mode) =>
			cellOf({ provider, operation, fault, spell: 'once', mode }),
		),
	];
}
