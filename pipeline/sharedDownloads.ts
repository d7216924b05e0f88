// Bounds the downloads of many deliveries at the same time: a burst is many of them, with a few pictures each.
import pLimit, { type Limit } from 'p-limit';

const DOWNLOADS_AT_ONCE = 8;

/** By provider. Each n8n instance bounds its own downloads, so nothing here has to be shared or to last. */
const limits = new Map<string, Limit>();

/** Runs a provider's download when its turn has come. */
export function sharedDownload(provider: string) {
	const limit = limits.get(provider) ?? pLimit(DOWNLOADS_AT_ONCE);
	limits.set(provider, limit);
	return async <Value>(job: () => Promise<Value>): Promise<Value> => await limit(job);
}
