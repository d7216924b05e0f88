// All cells: each fault at each operation whose step it can strike, each spell and each mode.
import { cellOf, MODES, SPELLS, type Cell } from './cells';
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

function canStrike(fault: Fault, { provider, step, isFirst }: Operation): boolean {
	if (fault.of && !fault.of.includes(provider)) return false;
	if (fault.id === REFUSED && !isFirst && step !== 'download') return false;
	return fault.on.includes(step);
}

function cellsOf(
	{ id: fault, lasts }: Fault,
	{ provider, id: operation, calledBack }: Operation,
): Cell[] {
	const spells = lasts ? (['always'] as const) : SPELLS;
	// A trigger has no item that could be tried again.
	const modes = calledBack === 'trigger' ? (['stop'] as const) : MODES;
	return spells.flatMap((spell) =>
		modes.map((mode) => cellOf({ provider, operation, fault, spell, mode })),
	);
}
