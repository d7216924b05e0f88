// Which models a field is shown for follows from the providers' rows. n8n compares the chosen model's name.
import type { DisplayCondition } from 'n8n-workflow';

import type { ModelFamily } from '../../../providers/limits/modelRows';

/** What stands behind a name in place of a date. */
const NEWEST = ['latest', 'preview'];
/** Sorts behind everything that a model's name is made of. */
const LAST = '~';

/**
 * For `show` and `hide`: these families with their dated names, as `rowOf` knows them. Only n8n's plain comparisons serve:
 * before n8n 2.20 `startsWith` throws where the operation has no model, and `regex` throws on a busy server, where it is
 * given a quarter of a second.
 */
export function namesOf(families: readonly ModelFamily[]): Array<string | DisplayCondition> {
	return families
		.flatMap(undatedNames)
		.flatMap((name) => [
			name,
			...NEWEST.map((word) => `${name}-${word}`),
			{ _cnd: { between: { from: `${name}-0`, to: `${name}-9${LAST}` } } },
		]);
}

function undatedNames({ name, variants = [], otherNames = [] }: ModelFamily): string[] {
	return [name, ...otherNames].flatMap((base) => [
		base,
		...variants.map((variant) => `${base}-${variant}`),
	]);
}
