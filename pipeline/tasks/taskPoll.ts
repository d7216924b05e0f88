// Answers how single tasks stand, each to whoever asks for it: what is asked for in the same moment shares requests.
import type { ImageTask } from '../../providers/contract';
import type { Connection } from '../connection';
import type { Deadline } from '../deadline';
import { failureIn, resultOf, type Result } from '../result';
import { createTaskAsker, type Told } from './taskAsker';

/** How a task stands now, told by the deadline. Throws, with the task's id, when that could not be told. */
export type TaskPoll = (id: string, deadline: Deadline) => Promise<ImageTask>;

type Tell = (answer: Result<ImageTask>) => void;

export function createTaskPoll(connection: Connection): TaskPoll {
	const { clock, signal } = connection;
	const asker = createTaskAsker(connection);
	let gathering: Map<string, Tell[]> | undefined;

	/** Waits until all items that begin together have said what they want. */
	async function askTogether(wanted: Map<string, Tell[]>, deadline: Deadline): Promise<void> {
		const gathered = await resultOf(clock.pause(0, signal));
		gathering = undefined;
		if (gathered.ok) {
			const asked = new Map([...wanted.keys()].map((id) => [id, undefined]));
			const toldOf: Told = (id, answer) => wanted.get(id)?.forEach((tell) => tell(answer));
			return await asker.ask(asked, toldOf, { deadline });
		}
		for (const tell of [...wanted.values()].flat()) tell(gathered);
	}

	return async (id, deadline) => {
		const answer = await new Promise<Result<ImageTask>>((resolve) => {
			const wanted = (gathering ??= begin(deadline));
			wanted.set(id, [...(wanted.get(id) ?? []), resolve]);
		});
		if (answer.ok) return answer.value;
		throw failureIn(answer.error)?.withTask(id) ?? answer.error;
	};

	/** Who asks in the same moment has begun together, and so has the same deadline. */
	function begin(deadline: Deadline): Map<string, Tell[]> {
		const wanted = new Map<string, Tell[]>();
		void askTogether(wanted, deadline);
		return wanted;
	}
}
