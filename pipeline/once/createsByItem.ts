// Finds the creates of one item without looking through those of all items: ten thousand that fail would each do so.
import type { KeptCreate, NodeMemory } from './nodeMemory';

type Creates = NodeMemory['creates'];
type Place = Pick<KeptCreate, 'run' | 'itemIndex'>;

/**
 * The keys of each item's creates. Only a cache: what n8n has saved and read again is another object, and is looked
 * through once.
 */
const known = new WeakMap<Creates, Map<string, Set<string>>>();

const nameOf = ({ run, itemIndex }: Place): string => `${run} ${itemIndex}`;

function keysByItem(creates: Creates): Map<string, Set<string>> {
	const found = known.get(creates);
	if (found) return found;
	const byItem = new Map<string, Set<string>>();
	known.set(creates, byItem);
	for (const [key, create] of Object.entries(creates)) note(byItem, key, create);
	return byItem;
}

function note(byItem: Map<string, Set<string>>, key: string, place: Place): void {
	const name = nameOf(place);
	byItem.set(name, (byItem.get(name) ?? new Set()).add(key));
}

/** Whether there are any, of whichever item. */
export function hasAny(creates: Creates): boolean {
	return keysByItem(creates).size > 0;
}

/** The keys of an item's creates in a run of the node. */
export function keysOf(creates: Creates, place: Place): string[] {
	return [...(keysByItem(creates).get(nameOf(place)) ?? [])];
}

export function put(creates: Creates, key: string, create: KeptCreate): void {
	drop(creates, key);
	creates[key] = create;
	note(keysByItem(creates), key, create);
}

export function drop(creates: Creates, key: string): void {
	const create = creates[key];
	if (!create) return;
	const byItem = keysByItem(creates);
	const keys = byItem.get(nameOf(create));
	keys?.delete(key);
	if (keys?.size === 0) byItem.delete(nameOf(create));
	delete creates[key];
}
