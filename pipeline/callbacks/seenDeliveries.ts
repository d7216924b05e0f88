// Remembers which deliveries have started a workflow, so that a repeat starts nothing twice.
import type { IDataObject } from 'n8n-workflow';

import { digestOf } from '../../providers/digest';

/** Providers repeat a delivery within a minute, and in that time no more than these can come. */
const MAX_REMEMBERED = 2000;
/** Triggers whose deliveries this process remembers: those used last. */
const MAX_TRIGGERS = 200;
/**
 * n8n writes the saved data with every start and copies it into every execution, so each delivery is kept as a short
 * digest. With 48 bits, one new delivery in 140 billion would be taken for one of 2000 others.
 */
const DIGEST_CHARACTERS = 8;

/** One digest after the other, oldest first. */
type Digests = string;

interface Seen {
	digests: Digests;
}

/**
 * Deliveries of this process, by trigger, the one used last at the end. n8n loads a trigger's static data anew for each
 * delivery and saves it after, so two that overlap don't see each other there, and the later to be saved would wipe
 * out the earlier. So all of them hold this same object in their static data, and whichever n8n saves last has
 * everything. What must survive a restart is in the static data.
 */
const ofThisProcess = new Map<string, Seen>();

/**
 * Deliveries whose workflow n8n failed to start. Another one may have saved them meanwhile among those that were seen.
 * The oldest are at the beginning.
 */
const forgotten = new Set<string>();

export function alreadySeen(trigger: string, staticData: IDataObject, delivery: string): boolean {
	if (forgotten.has(nameOf(trigger, delivery))) return false;
	const digest = shortDigestOf(delivery);
	return holds(digestsOf(trigger), digest) || holds(savedIn(staticData), digest);
}

/** To be called right after `alreadySeen`, with nothing awaited between the two, just before n8n starts the workflow. */
export function markSeen(trigger: string, staticData: IDataObject, delivery: string): void {
	forgotten.delete(nameOf(trigger, delivery));
	const digest = shortDigestOf(delivery);
	const before = seenBy(trigger, staticData);
	const latest = holds(before, digest) ? before : before + digest;
	const seen = ofThisProcess.get(trigger) ?? { digests: '' };
	seen.digests = latest.slice(-MAX_REMEMBERED * DIGEST_CHARACTERS);
	ofThisProcess.delete(trigger);
	ofThisProcess.set(trigger, seen);
	const [longestUnused] = ofThisProcess.keys();
	if (ofThisProcess.size > MAX_TRIGGERS) ofThisProcess.delete(longestUnused!);
	keepSeen(trigger, staticData);
}

/** To be called when n8n couldn't start the workflow of a delivery that was marked. It may come again. */
export function forgetSeen(trigger: string, delivery: string): void {
	forgotten.add(nameOf(trigger, delivery));
	const [oldest] = forgotten;
	if (forgotten.size > MAX_REMEMBERED) forgotten.delete(oldest!);
}

/**
 * Brings the static data up to date with what came while this delivery was at work. To be called as the last thing
 * before n8n gets it back to save it, by every delivery, so that what got lost on the way is made good by the next.
 */
export function keepSeen(trigger: string, staticData: IDataObject): void {
	const seen = ofThisProcess.get(trigger);
	if (!seen) return;
	seen.digests = seenBy(trigger, staticData).slice(-MAX_REMEMBERED * DIGEST_CHARACTERS);
	// Setting it makes n8n write to its database, even where nothing has changed.
	if (seen.digests !== savedIn(staticData))
		staticData.seenDeliveries = seen as unknown as IDataObject;
}

function nameOf(trigger: string, delivery: string): string {
	return `${trigger}/${delivery}`;
}

function seenBy(trigger: string, staticData: IDataObject): Digests {
	const saved = savedIn(staticData);
	const ours = digestsOf(trigger);
	// Nearly always one holds all of the other.
	if (holds(ours, saved)) return ours;
	if (holds(saved, ours)) return saved;
	return [...new Set([...apart(saved), ...apart(ours)])].join('');
}

function digestsOf(trigger: string): Digests {
	return ofThisProcess.get(trigger)?.digests ?? '';
}

function savedIn({ seenDeliveries }: IDataObject): Digests {
	const digests = (seenDeliveries as Partial<Seen> | null | undefined)?.digests;
	const isOurs = typeof digests === 'string' && !(digests.length % DIGEST_CHARACTERS);
	return isOurs ? digests : '';
}

/** Whether one or several digests are among others, as they are and not across two of them. */
function holds(digests: Digests, wanted: Digests): boolean {
	let at = digests.indexOf(wanted);
	while (at % DIGEST_CHARACTERS > 0) at = digests.indexOf(wanted, at + 1);
	return at >= 0;
}

function apart(digests: Digests): string[] {
	const count = digests.length / DIGEST_CHARACTERS;
	const starts = Array.from({ length: count }, (_, index) => index * DIGEST_CHARACTERS);
	return starts.map((start) => digests.slice(start, start + DIGEST_CHARACTERS));
}

function shortDigestOf(delivery: string): string {
	return digestOf(delivery, 'base64url').slice(0, DIGEST_CHARACTERS);
}
