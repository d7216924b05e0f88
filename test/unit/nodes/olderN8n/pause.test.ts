// A cancelled execution ends its pauses, also where n8n's own sleep can't be woken.
import type * as clock from '../../../../pipeline/clock';
import { importedWith, older, today } from './versions';

test.each([['today', today] as const, ...older])('on n8n %s', async (_n8n, workflow) => {
	const { realClock } = importedWith<typeof clock>(workflow, '../../../../pipeline/clock');
	const execution = new AbortController();
	const ended = realClock.pause(86_400_000, execution.signal);
	execution.abort();
	await expect(ended).rejects.toThrow('The execution was canceled.');
});
