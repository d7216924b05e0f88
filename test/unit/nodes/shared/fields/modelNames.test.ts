// A field is shown for exactly the names that the providers' checks know as the same model, on every n8n.
import { namesOf } from '../../../../../nodes/shared/fields/modelNames';
import * as coreToday from '../../../../../providers/coretoday/models';
import * as evoLink from '../../../../../providers/evolink/models';
import { rowOf } from '../../../../../providers/limits/modelRows';
import * as openAi from '../../../../../providers/openai/models';
import { older, today } from '../../olderN8n/versions';

const ROWS = [openAi, evoLink, coreToday].flatMap(({ IMAGE_MODELS }) => IMAGE_MODELS);
const NAMES = [
	...ROWS.flatMap(({ name, variants = [], otherNames = [] }) =>
		[name, ...otherNames, ...variants.map((variant) => `${name}-${variant}`)].flatMap((base) =>
			[
				'',
				'-2026-04-21',
				'-0',
				'-9.x',
				'-latest',
				'-preview',
				'-mini',
				'-flares',
				'x',
				'0',
				'-',
			].map((end) => `${base}${end}`),
		),
	),
	'',
	'my-gpt-image-2',
	'dall-e-3',
	'GPT-IMAGE-2',
	undefined,
];

test.each([['today', today] as const, ...older])('on n8n %s', (_n8n, { NodeHelpers }) => {
	for (const row of ROWS) {
		const shownFor = NAMES.filter((model) =>
			NodeHelpers.displayParameter(
				model === undefined ? {} : { model },
				{ displayOptions: { show: { model: namesOf([row]) } } } as never,
				null,
				null,
			),
		);
		expect(shownFor).toEqual(NAMES.filter((model) => rowOf([row], model)));
		expect(shownFor).toContain(`${row.name}-2026-04-21`);
	}
});
