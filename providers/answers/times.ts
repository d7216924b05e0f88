// Times as providers write them: seconds, milliseconds or microseconds since 1970, or text.

/** Numbers below these count as seconds, milliseconds and so on: each reaches to the year 5138. */
const UNITS: ReadonlyArray<readonly [below: number, perMillisecond: number]> = [
	[1e11, 1e-3],
	[1e14, 1],
	[1e17, 1e3],
	[1e20, 1e6],
];
const LONGEST_TEXT = 60;
const NUMBER = /^\d+(\.\d+)?$/;
/** A date as in ISO 8601, or one that begins with a weekday. Date.parse alone would find a date in almost any text. */
const DATE = /^(\d{4}-\d\d-\d\d|(Mon|Tue|Wed|Thu|Fri|Sat|Sun))/;
/** Servers that name no time zone mean UTC. */
const WITHOUT_ZONE = /^\d{4}-\d\d-\d\d[T ][\d:.]+$/;

/** The time that a value tells; undefined when it can't be one. */
export function readTime(value: unknown): Date | undefined {
	if (typeof value === 'number') return atNumber(value);
	if (typeof value !== 'string' || value.length > LONGEST_TEXT) return undefined;
	const text = value.trim();
	if (NUMBER.test(text)) return atNumber(Number(text));
	if (!DATE.test(text)) return undefined;
	const date = new Date(WITHOUT_ZONE.test(text) ? `${text.replace(' ', 'T')}Z` : text);
	return Number.isNaN(date.getTime()) ? undefined : date;
}

function atNumber(value: number): Date | undefined {
	const unit = UNITS.find(([below]) => value < below);
	if (!unit || !(value > 0)) return undefined;
	return new Date(Math.round(value / unit[1]));
}
