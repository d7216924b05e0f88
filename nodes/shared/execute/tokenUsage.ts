// Reports tokens to n8n's own accounting, on versions that have one.
import * as n8nWorkflow from 'n8n-workflow';
import type { IExecuteFunctions } from 'n8n-workflow';

/** Does nothing where the numbers are missing, or where this n8n doesn't count tokens. */
export function reportTokens(context: IExecuteFunctions, input: unknown, output: unknown): void {
	if (typeof input !== 'number' || typeof output !== 'number') return;
	if (!('accumulateTokenUsage' in n8nWorkflow)) return;
	n8nWorkflow.accumulateTokenUsage(context, input, output);
}
