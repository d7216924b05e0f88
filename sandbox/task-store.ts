// Keeps a provider's tasks: a bounded number of them, each seen only by the key that made it.
export interface StoredTask {
	id: string;
	key: string;
}

export class TaskStore<Task extends StoredTask> {
	private readonly tasks = new Map<string, Task>();

	constructor(
		private readonly limit: number,
		private readonly hasEnded: (task: Task) => boolean,
	) {}

	/** When there are too many, the oldest that has ended is forgotten. */
	add(task: Task): void {
		this.tasks.set(task.id, task);
		if (this.tasks.size <= this.limit) return;
		const oldest = [...this.tasks.values()].find(this.hasEnded);
		if (oldest) this.tasks.delete(oldest.id);
	}

	get(id: string): Task | undefined {
		return this.tasks.get(id);
	}

	ofKey(key: string, id: string): Task | undefined {
		const task = this.tasks.get(id);
		return task?.key === key ? task : undefined;
	}

	delete(id: string): void {
		this.tasks.delete(id);
	}

	/** Oldest first. */
	list(key?: string): Task[] {
		const all = [...this.tasks.values()];
		return key === undefined ? all : all.filter((task) => task.key === key);
	}
}
