// What a cell is: one fault, at one step of one operation, in one way of going on after a failure.
export type Provider = 'openai' | 'fal' | 'evolink' | 'coretoday' | 'imagechat';

/** The moment of an operation at which the server misbehaves. */
export type Step =
	| 'create'
	| 'poll'
	| 'result'
	| 'upload'
	| 'store'
	| 'download'
	| 'lines'
	/** The file that a batch was made of. */
	| 'input'
	| 'cancel'
	/** The models, or the tasks, of an account. */
	| 'list'
	| 'price'
	| 'balance'
	/** Where a trigger's events go: made when its workflow is published, looked at, and taken away. */
	| 'publish'
	| 'look'
	| 'unpublish'
	/** The keys that callbacks are signed with. */
	| 'keys';

/** What n8n does when the node fails. The last one tries again, and goes on with the errors of its last try. */
export const MODES = ['stop', 'continue', 'retry', 'continueRetry'] as const;
export type Mode = (typeof MODES)[number];

/** What a person sets for it in the node's Settings: On Error to Continue, and Retry On Fail. */
export const SETTINGS: Record<Mode, { continues: boolean; retries: boolean }> = {
	stop: { continues: false, retries: false },
	continue: { continues: true, retries: false },
	retry: { continues: false, retries: true },
	continueRetry: { continues: true, retries: true },
};

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
