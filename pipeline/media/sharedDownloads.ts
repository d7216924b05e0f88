// Bounds the downloads of many deliveries at the same time: a burst is many of them, with a few pictures each.
import { createLimiter, type Limiter } from '../tasks/limiter';

/** Pictures that are fetched at the same time, so that memory and disk of a small server keep up. */
export const DOWNLOADS_AT_ONCE = 8;

/** By provider. Each n8n instance bounds its own downloads, so nothing here has to be shared or to last. */
const limits = new Map<string, Limiter>();

/** Runs a provider's download when its turn has come. */
export function sharedDownload(provider: string): Limiter {
	const limit = limits.get(provider) ?? createLimiter(DOWNLOADS_AT_ONCE);
	limits.set(provider, limit);
	return limit;
}
