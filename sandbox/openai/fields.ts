// Reads the parameters of a request one by one, and refuses what is wrong in OpenAI's words.
import { invalid, OpenAIError } from './errors';

export type Values = Record<string, unknown>;

const METADATA_PAIRS = 16;
const METADATA_NAME_LENGTH = 64;
const METADATA_LENGTH = 512;

interface TextLimits {
	max?: number;
}

/** In a form every value comes as text; in JSON, null is the same as left out. */
export class Fields {
	private readonly asked = new Set<string>();

	constructor(
		readonly values: Values,
		readonly fromForm = false,
		/** Set for an object inside of another, for example "tools[0]". */
		private readonly place = '',
	) {}

	/** With the place before it, as errors write it. */
	nameOf(name: string): string {
		return this.place === '' ? name : `${this.place}.${name}`;
	}

	value(name: string): unknown {
		this.asked.add(name);
		return this.values[name] ?? undefined;
	}

	text(name: string, { max = Infinity }: TextLimits = {}): string | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		if (typeof value !== 'string') throw this.wrongType(name, 'a string', value);
		if (value.length > max) {
			throw invalid(
				`Invalid '${this.nameOf(name)}': string too long. Expected a string with maximum length ${max}, but got a string with length ${value.length} instead.`,
				'string_above_max_length',
				this.nameOf(name),
			);
		}
		return value;
	}

	required(name: string, limits: TextLimits = {}): string {
		const value = this.text(name, limits);
		if (value === undefined) throw this.missing(name);
		if (value.trim() === '') {
			throw invalid(
				`Invalid '${this.nameOf(name)}': empty string. Expected a string with minimum length 1, but got an empty string instead.`,
				'empty_string',
				this.nameOf(name),
			);
		}
		return value;
	}

	choice<Choice extends string>(name: string, choices: readonly Choice[]): Choice | undefined {
		const value = this.text(name);
		if (value === undefined) return undefined;
		if (!(choices as readonly string[]).includes(value)) {
			throw this.notSupported(name, value, choices);
		}
		return value as Choice;
	}

	integer(name: string, min: number, max: number): number | undefined {
		const value = this.number(name, min, max, 'integer');
		if (value !== undefined && !Number.isInteger(value)) {
			throw this.wrongType(name, 'an integer', value);
		}
		return value;
	}

	number(
		name: string,
		min: number,
		max: number,
		kind: 'integer' | 'decimal' = 'decimal',
	): number | undefined {
		const given = this.value(name);
		if (given === undefined) return undefined;
		const isNumeral = this.fromForm && typeof given === 'string' && given.trim() !== '';
		const value = isNumeral ? Number(given) : given;
		if (typeof value !== 'number' || Number.isNaN(value)) {
			throw this.wrongType(name, kind === 'integer' ? 'an integer' : 'a decimal', given);
		}
		if (value < min) throw this.outside(name, value, kind, 'below minimum', 'min', min);
		if (value > max) throw this.outside(name, value, kind, 'above maximum', 'max', max);
		return value;
	}

	flag(name: string): boolean | undefined {
		const given = this.value(name);
		if (given === undefined) return undefined;
		const isWord = this.fromForm && (given === 'true' || given === 'false');
		const value = isWord ? given === 'true' : given;
		if (typeof value !== 'boolean') throw this.wrongType(name, 'a boolean', given);
		return value;
	}

	list(name: string): unknown[] | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		if (!Array.isArray(value)) throw this.wrongType(name, 'an array', value);
		return value;
	}

	object(name: string): Values | undefined {
		const value = this.value(name);
		if (value === undefined) return undefined;
		if (!isObject(value)) throw this.wrongType(name, 'an object', value);
		return value;
	}

	/** OpenAI's `metadata`: at most 16 pairs, names of up to 64 and texts of up to 512 characters. */
	metadata(): Values | undefined {
		const given = this.object('metadata');
		if (!given) return undefined;
		const pairs = Object.entries(given);
		if (pairs.length > METADATA_PAIRS) {
			throw invalid(
				`Invalid 'metadata': too many properties. Expected an object with at most ${METADATA_PAIRS} properties, but got an object with ${pairs.length} properties instead.`,
				'object_above_max_properties',
				'metadata',
			);
		}
		for (const [name, value] of pairs) {
			const full = `metadata.${name}`;
			if (typeof value !== 'string') {
				throw invalid(
					`Invalid type for '${full}': expected a string, but got ${typeInWords(value)} instead.`,
					'invalid_type',
					full,
				);
			}
			const isLong = name.length > METADATA_NAME_LENGTH || value.length > METADATA_LENGTH;
			if (isLong) {
				throw invalid(
					`Invalid '${full}': string too long. Expected a string with maximum length ${METADATA_LENGTH}, but got a string with length ${value.length} instead.`,
					'string_above_max_length',
					full,
				);
			}
		}
		return given;
	}

	/** Marks parameters that the sandbox takes without doing anything with them. */
	accept(...names: string[]): void {
		for (const name of names) this.asked.add(name);
	}

	/** To be called last: refuses the first parameter that nobody asked for. */
	refuseOthers(): void {
		const unknown = Object.keys(this.values).find((name) => !this.asked.has(name));
		if (unknown === undefined) return;
		const name = this.nameOf(unknown);
		throw invalid(`Unknown parameter: '${name}'.`, 'unknown_parameter', name);
	}

	missing(name: string): OpenAIError {
		const full = this.nameOf(name);
		return invalid(`Missing required parameter: '${full}'.`, 'missing_required_parameter', full);
	}

	notSupported(name: string, value: string, choices: readonly string[]): OpenAIError {
		const full = this.nameOf(name);
		return invalid(
			`Invalid value: '${value}'. Supported values are: ${inWords(choices)}.`,
			'invalid_value',
			full,
		);
	}

	private wrongType(name: string, expected: string, value: unknown): OpenAIError {
		const full = this.nameOf(name);
		return invalid(
			`Invalid type for '${full}': expected ${expected}, but got ${typeInWords(value)} instead.`,
			'invalid_type',
			full,
		);
	}

	private outside(
		name: string,
		value: number,
		kind: 'integer' | 'decimal',
		side: string,
		bound: 'min' | 'max',
		limit: number,
	): OpenAIError {
		const full = this.nameOf(name);
		const relation = bound === 'max' ? '<=' : '>=';
		return invalid(
			`Invalid '${full}': ${kind} ${side} value. Expected a value ${relation} ${limit}, but got ${value} instead.`,
			`${kind}_${bound === 'max' ? 'above_max' : 'below_min'}_value`,
			full,
		);
	}
}

export function isObject(value: unknown): value is Values {
	return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** The parameters of a JSON body. */
export function jsonFields(body: unknown): Fields {
	if (!isObject(body)) {
		throw new OpenAIError(400, 'The body of the request must be a JSON object.');
	}
	return new Fields(body);
}

function inWords(choices: readonly string[]): string {
	const quoted = choices.map((choice) => `'${choice}'`);
	if (quoted.length < 2) return quoted.join('');
	if (quoted.length === 2) return quoted.join(' and ');
	return `${quoted.slice(0, -1).join(', ')}, and ${quoted.at(-1)}`;
}

function typeInWords(value: unknown): string {
	if (Array.isArray(value)) return 'an array';
	if (typeof value === 'object') return 'an object';
	if (typeof value === 'number') return Number.isInteger(value) ? 'an integer' : 'a decimal';
	return `a ${typeof value}`;
}
