// Which fault meets a request: a fifth of all have one. It follows from the seed, whose request it is, of which kind, and
// how many of that kind there were for the same wish before.
import { dice } from './random.mjs';

const SHARE = 0.2;

/**
 * `passesOn`: whether the provider gets the request. `answers`: what the node is told: the provider's answer as it is,
 * half of it, an error in its place, nothing ever, or a connection that is cut.
 */
const FAULTS = [
	[{ name: 'cut before', passesOn: false, answers: 'cut' }, 4],
	[{ name: 'cut after', passesOn: true, answers: 'cut' }, 4],
	[{ name: 'half an answer', passesOn: true, answers: 'half' }, 3],
	[{ name: '502 before', passesOn: false, answers: { status: 502 } }, 2],
	[{ name: '504 after', passesOn: true, answers: { status: 504 } }, 2],
	[{ name: '503 with Retry-After', passesOn: false, answers: { status: 503, retryAfter: 1 } }, 2],
	[{ name: '429', passesOn: false, answers: { status: 429, retryAfter: 1 } }, 2],
	[{ name: 'silent', passesOn: true, answers: 'nothing' }, 1],
	[{ name: 'slow', passesOn: true, answers: 'whole', delayMs: 1500 }, 3],
];

/** The fault of this request, or undefined. */
export function faultOf(seed, { marker, kind, count }) {
	const chance = dice(seed, 'fault', marker, kind, count);
	return chance.isBelow(SHARE) ? chance.oneOfWeighted(FAULTS) : undefined;
}
