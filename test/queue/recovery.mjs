// What the documentation tells a person to do after a crash: fetch the missing images by the means that the nodes have.
import { rows } from './rows.mjs';
import { historyRecovery, waitingWorkflow } from './workflows.mjs';

const rowFor = (provider) => rows.find((row) => row.provider === provider);

/**
 * The recovery workflows, each with the way that it stands for in the table. EvoLink lists the account's tasks. The
 * others' IDs are in the executions that ordered them, as long as these weren't the ones that died.
 */
export function recoveryWorkflows(credentialIds) {
	const byHistory = {
		provider: 'evolink',
		path: 'recover-evolink',
		recoveredBy: 'Get Many + Wait',
		workflow: historyRecovery(rowFor('evolink'), 'recover-evolink', credentialIds),
		order: ({ had }) => ({ had }),
	};
	const byId = ['coretoday', 'openai'].map((provider) => ({
		provider,
		path: `recover-${provider}`,
		recoveredBy: 'saved ID + Wait',
		workflow: waitingWorkflow(rowFor(provider), credentialIds, `recover-${provider}`),
		order: ({ saved }) => ({ tasks: saved.map((taskId) => ({ taskId })) }),
	}));
	return [byHistory, ...byId];
}

/** Starts the recovery workflows of all providers of which something is missing. */
export async function recover({ results, ledger, post }, recoveries, lostWishes) {
	const had = [...results.outcomes.keys()].flatMap((marker) => ledger().get(marker)?.ids ?? []);
	for (const { provider, path, order } of recoveries) {
		const lost = lostWishes.filter(({ row }) => row.provider === provider);
		const saved = lost.flatMap(({ marker }) => results.savedIds.get(marker) ?? []);
		if (lost.length > 0) await post(path, order({ had, saved }));
	}
}
