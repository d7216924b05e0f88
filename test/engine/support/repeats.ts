// What a trigger may answer to deliveries of which one starts the workflow, while n8n is still starting it.
import { setTimeout as sleep } from 'node:timers/promises';

const PAUSE_MS = 100;

/** Those that are refused for good: the others are taken (200), or are to come again (503). */
export function refusedForGood<Answer extends { status?: number }>(answers: Answer[]): Answer[] {
	return answers.filter(({ status }) => status !== 200 && status !== 503);
}

/** Delivers as a provider does: again, as long as it is asked to. */
export async function untilTaken<Answer extends { status?: number }>(
	deliver: () => Promise<Answer>,
): Promise<Answer> {
	for (;;) {
		const answer = await deliver();
		if (answer.status !== 503) return answer;
		await sleep(PAUSE_MS);
	}
}
