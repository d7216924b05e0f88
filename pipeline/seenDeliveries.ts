// Remembers which deliveries have started a workflow, so that a repeat starts nothing twice.
import type { IDataObject } from 'n8n-workflow';

const MOST_REMEMBERED = 1000;

/**
 * Deliveries of this process, by trigger. n8n loads a trigger's static data anew for each delivery and saves it
 * after, so two that arrive together don't see each other there. What must survive a restart is in the static data.
 */
const ofThisProcess = new Map<string, Set<string>>();

/** Marks a delivery as seen and tells whether it is the first one. Nothing may be awaited between the two. */
export function isFirstDelivery(trigger: string, staticData: IDataObject, delivery: string): boolean {
	const saved = Array.isArray(staticData.seenDeliveries) ? staticData.seenDeliveries : [];
	const seen = new Set([...saved.map(String), ...(ofThisProcess.get(trigger) ?? [])]);
	if (seen.has(delivery)) return false;
	const latest = [...seen, delivery].slice(-MOST_REMEMBERED);
	ofThisProcess.set(trigger, new Set(latest));
	staticData.seenDeliveries = latest;
	return true;
}
