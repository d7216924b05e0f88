// What the documentation tells a person to do after a crash: fetch the missing images by the means that the nodes have.
import { rows } from './rows.mjs';
import { historyRecovery, waitingWorkflow } from './workflows.mjs';

const rowFor = (provider) => rows.find((row) => row.provider === provider);

/**
 * The recovery workflows, each with the way that it stands for in the table. EvoLink lists the account's tasks. The
 * others' IDs are in the executions that ordered them; where these were the ones that died, in n8n's log.
 */
export function recoveryWorkflows(credentialIds) {
	const byHistory = {
		provider: 'evolink',
		path: 'recover-evolink',
		recoveredBy: 'Get Many + Wait',
		workflow: historyRecovery(rowFor('evolink'), 'recover-evolink', credentialIds),
		order: ({ had }) => ({ had }),
	};
	const byId = ['coretoday', 'fal', 'openai'].flatMap((provider) => [
		waitingFor(provider, 'saved', 'saved ID + Wait', credentialIds),
		waitingFor(provider, 'logged', 'ID in the log + Wait', credentialIds),
	]);
	return [byHistory, ...byId];
}

/** `source` says which IDs are waited for. */
function waitingFor(provider, source, recoveredBy, credentialIds) {
	const path = `recover-${provider}-${source}`;
	return {
		provider,
		path,
		recoveredBy,
		workflow: waitingWorkflow(rowFor(provider), credentialIds, path),
		order: (ids) => ({ tasks: ids[source].map((taskId) => ({ taskId })) }),
	};
}

/** The IDs of tasks of which n8n's processes have written into their logs that they were started. */
function loggedIds({ processes }) {
	const logs = Object.values(processes).map((process) => process.log());
	return logs.flatMap((log) =>
		[...log.matchAll(/has started the task (\S+) \(/g)].map(([, id]) => id),
	);
}

/** Starts the recovery workflows of all providers of which something is missing. */
export async function recover({ n8n, results, ledger, post }, recoveries, lostWishes) {
	const idsOf = (marker) => ledger().get(marker)?.ids ?? [];
	const had = [...results.outcomes.keys()].flatMap(idsOf);
	const inLog = new Set(loggedIds(n8n));
	for (const { provider, path, order } of recoveries) {
		const lost = lostWishes.filter(({ row }) => row.provider === provider);
		const saved = lost.flatMap(({ marker }) => results.savedIds.get(marker) ?? []);
		const unsaved = lost.filter(({ marker }) => !results.savedIds.has(marker));
		const logged = unsaved.flatMap(({ marker }) => idsOf(marker)).filter((id) => inLog.has(id));
		const body = order({ had, saved, logged });
		if (lost.length > 0 && body.tasks?.length !== 0) await post(path, body);
	}
}
