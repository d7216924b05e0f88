// A map whose values have a size: the least recently used go when the sum grows too large.
export class BoundedBytes<Value> {
	private readonly values = new Map<string, { value: Value; size: number }>();

	private total = 0;

	constructor(private readonly limit: number) {}

	get(key: string): Value | undefined {
		const entry = this.values.get(key);
		if (!entry) return undefined;
		this.values.delete(key);
		this.values.set(key, entry);
		return entry.value;
	}

	/** Oldest first. */
	all(): Value[] {
		return [...this.values.values()].map(({ value }) => value);
	}

	/** Keeps the newest value even when it alone is over the limit. */
	set(key: string, value: Value, size: number): void {
		this.delete(key);
		this.values.set(key, { value, size });
		this.total += size;
		for (const oldest of this.values.keys()) {
			if (this.total <= this.limit || oldest === key) return;
			this.delete(oldest);
		}
	}

	delete(key: string): void {
		this.total -= this.values.get(key)?.size ?? 0;
		this.values.delete(key);
	}
}
