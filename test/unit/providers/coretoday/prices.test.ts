// What Core.Today's images would cost, by a price that the person has entered.
import { estimateImages } from '../../../../providers/coretoday/prices';
import { requestWith } from '../support';

const OWN = { perImage: 0.05 };

test.each<[string, Record<string, unknown> | undefined, number | undefined]>([
	['nothing', undefined, 0.1],
	['other settings', { steps: 20, seed: 7 }, 0.1],
	['a number of images', { num_outputs: 4 }, 0.4],
	['a number of images as text', { num_images: '3' }, 0.3],
	['a number in the words of OpenAI', { n: 2 }, 0.2],
	['several of them', { number_of_images: 2, batch_size: 4 }, 0.4],
	['less than one', { num_outputs: 0 }, 0.1],
	['a number that is none', { num_outputs: 'many' }, undefined],
])('two tasks with %s under Additional Input', (_what, additionalInput, dollars) => {
	const request = requestWith({ count: 2, extras: { additionalInput } });
	const estimate = estimateImages(request, OWN);
	expect(estimate?.max.toFixed(2)).toBe(dollars?.toFixed(2));
	expect(estimate?.min).toBe(estimate?.max);
});
