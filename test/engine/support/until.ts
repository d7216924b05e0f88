// Waits in a test for what comes of itself.
import { sleep } from 'n8n-workflow';

type Look<Value> = Value | undefined | false;

/** Looks again and again until there is something to see. Jest's time limit ends a wait in vain. */
export async function until<Value>(look: () => Look<Value> | Promise<Look<Value>>): Promise<Value> {
	for (;;) {
		const value = await look();
		if (value !== undefined && value !== false) return value;
		await sleep(10);
	}
}
