// For what a page shows a moment later than it could be read.
import { sleep } from './n8n';

const LOOK_AGAIN_MS = 250;
const PATIENCE_MS = 120_000;

/** Looks again until an expectation holds. What it fails with at last is told. */
export async function eventually(expectation: () => Promise<void>): Promise<void> {
	const giveUpAt = Date.now() + PATIENCE_MS;
	for (;;) {
		try {
			return await expectation();
		} catch (error) {
			if (Date.now() > giveUpAt) throw error;
		}
		await sleep(LOOK_AGAIN_MS);
	}
}
