// The ways in which fal counts what a request costs.
import type { Job } from '../job';
import type { Price } from './model';

/** A square of 1024 pixels is one. */
const MEGAPIXEL = 1024 * 1024;
const MILLION = 1_000_000;

/** Begun megapixels of one picture. */
export const megapixels = ({ size }: Job) => Math.ceil((size.width * size.height) / MEGAPIXEL);

export function perImage(unitPrice: number, factor: (job: Job) => number = () => 1): Price {
	return { unitPrice, unit: 'images', unitsOf: (job) => job.count * factor(job) };
}

/** With so many megapixels more for every picture. */
export function perMegapixel(unitPrice: number, more = 0): Price {
	return {
		unitPrice,
		unit: 'megapixels',
		unitsOf: (job) => job.count * (megapixels(job) + more),
	};
}

/** So many seconds of a machine for every megapixel: the sandbox's own figure. */
export function perSecond(unitPrice: number, seconds: number): Price {
	return {
		unitPrice,
		unit: 'compute seconds',
		unitsOf: (job) => job.count * megapixels(job) * seconds,
	};
}

/** The price is for a million tokens; says how many one picture has. */
export function perToken(unitPrice: number, tokensOf: (job: Job) => number): Price {
	return {
		unitPrice,
		unit: '1m tokens',
		unitsOf: (job) => (job.count * tokensOf(job)) / MILLION,
	};
}
