// Answers how single tasks stand, each to whoever asks for it: what is asked for in the same moment shares requests.
import type { ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';
import { failureIn, resultOf, type Result } from '../result';
import { createTaskAsker } from './taskAsker';

/** How a task stands now. Throws, with the task's id, when that could not be told. */
export type TaskPoll = (id: string) => Promise<ImageTask>;

type Tell = (answer: Result<ImageTask>) => void;

export function createTaskPoll(connection: Connection): TaskPoll {
	const { clock, signal } = connection;
	const asker = createTaskAsker(connection);
	let gathering: Map<string, Tell[]> | undefined;

	/** Waits until all items that begin together have said what they want. */
	async function askTogether(wanted: Map<string, Tell[]>): Promise<void> {
		const gathered = await resultOf(clock.pause(0, signal));
		gathering = undefined;
		if (gathered.ok) {
			const asked = new Map([...wanted.keys()].map((id) => [id, undefined]));
			return await asker.ask(asked, (id, answer) =>
				wanted.get(id)?.forEach((tell) => tell(answer)),
			);
		}
		for (const tell of [...wanted.values()].flat()) tell(gathered);
	}

	return async (id) => {
		const answer = await new Promise<Result<ImageTask>>((resolve) => {
			const wanted = (gathering ??= begin());
			wanted.set(id, [...(wanted.get(id) ?? []), resolve]);
		});
		if (answer.ok) return answer.value;
		throw failureIn(answer.error)?.withTask(id) ?? answer.error;
	};

	function begin(): Map<string, Tell[]> {
		const wanted = new Map<string, Tell[]>();
		void askTogether(wanted);
		return wanted;
	}
}
