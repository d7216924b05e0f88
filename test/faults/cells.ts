// What a cell is: one fault, at one step of one operation, in one way of going on after a failure.
export type Provider = 'openai' | 'fal' | 'evolink' | 'coretoday' | 'imagechat';

/** The moment of an operation at which the server misbehaves. */
export type Step = 'create' | 'poll' | 'result' | 'upload' | 'store' | 'download' | 'lines';

/** What n8n does when the node fails. */
export const MODES = ['stop', 'continue', 'retry'] as const;
export type Mode = (typeof MODES)[number];

/** Whether the server misbehaves the first time only, or each time. */
export const SPELLS = ['once', 'always'] as const;
export type Spell = (typeof SPELLS)[number];

export interface Cell {
	/** As it stands in the table and after `--only`. */
	id: string;
	provider: Provider;
	operation: string;
	fault: string;
	spell: Spell;
	mode: Mode;
}

export function cellOf(parts: Omit<Cell, 'id'>): Cell {
	const { provider, operation, fault, spell, mode } = parts;
	return { id: [provider, operation, fault, spell, mode].join('/'), ...parts };
}
