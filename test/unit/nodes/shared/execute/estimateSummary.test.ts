// The words below the output of Image: Estimate Cost.
import type { IDataObject } from 'n8n-workflow';

import { estimateSummary } from '../../../../../nodes/shared/execute/estimateSummary';

type Left = Parameters<typeof estimateSummary>[1];

test.each<[what: string, items: IDataObject[], left: string[], words: string | undefined]>([
	['one price', [{ count: 1, min: 0.0421, max: 0.0424 }], [], '1 image: about $0.042.'],
	[
		'a wide range, of several items',
		[
			{ count: 1, min: 0.004, max: 0.17 },
			{ count: 1, min: 0.004, max: 0.17 },
		],
		['Quality'],
		'2 images: about $0.008 to $0.34. Quality is Automatic: choose one to narrow it.',
	],
	[
		'both left to the model',
		[{ count: 1200, min: 1, max: 2 }],
		['Quality', 'Size'],
		'1,200 images: about $1.00 to $2.00. Size and Quality are Automatic: choose them to narrow it.',
	],
	[
		'nothing known',
		[{ count: 2, unknown: true }],
		[],
		"2 images: what they would cost isn't known. You can enter your own prices in the credential.",
	],
	[
		'one known',
		[
			{ count: 2, unknown: true },
			{ count: 1, min: 1, max: 1 },
		],
		[],
		"3 images: about $1.00 for 1 of them. What the others would cost isn't known: you can enter your own prices in the credential.",
	],
	[
		'a fixed price for Automatic',
		[{ count: 1, min: 0.48, max: 0.48 }],
		['Quality'],
		'1 image: about $0.48.',
	],
	['only failed items, with a row of such names', [{ error: 'x', count: 'two' }], [], undefined],
])('%s', (_what, items, left, words) => {
	const given = items.map((json) => ({ json }));
	expect(estimateSummary(given, new Set(left) as Left)).toBe(words);
});
