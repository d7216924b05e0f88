// Remembers which deliveries have started a workflow, so that a repeat starts nothing twice.
import type { IDataObject } from 'n8n-workflow';

const MOST_REMEMBERED = 1000;

/**
 * Deliveries of this process, by trigger. n8n loads a trigger's static data anew for each delivery and saves it
 * after, so two that arrive together don't see each other there. What must survive a restart is in the static data.
 */
const ofThisProcess = new Map<string, string[]>();

export function alreadySeen(trigger: string, staticData: IDataObject, delivery: string): boolean {
	return seenBy(trigger, staticData).includes(delivery);
}

/** To be called right after `alreadySeen`, with nothing awaited between the two. */
export function markSeen(trigger: string, staticData: IDataObject, delivery: string): void {
	const latest = [...seenBy(trigger, staticData), delivery].slice(-MOST_REMEMBERED);
	ofThisProcess.set(trigger, latest);
	staticData.seenDeliveries = latest;
}

function seenBy(trigger: string, { seenDeliveries }: IDataObject): string[] {
	const saved = Array.isArray(seenDeliveries) ? seenDeliveries.map(String) : [];
	return [...new Set([...saved, ...(ofThisProcess.get(trigger) ?? [])])];
}
