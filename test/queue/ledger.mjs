// What the sandbox has on its books for each wish: how often it was ordered, how often charged, and under which ids.
import { markerIn } from './wishes.mjs';

const tally = () => ({ created: 0, charged: 0, ids: [] });

/** How often each id was charged, whichever key paid. */
function chargesById({ keys }) {
	const charges = new Map();
	for (const { kind, taskId } of keys.flatMap(({ entries }) => entries)) {
		if (kind === 'charge') charges.set(taskId, (charges.get(taskId) ?? 0) + 1);
	}
	return charges;
}

/** @returns {Map<string, {created: number, charged: number, ids: string[]}>} by marker */
export function readLedger({ evolink, coretoday, fal, openai, chat }) {
	const ledger = new Map();
	const note = (text, { created = 0, charged = 0, id }) => {
		const marker = markerIn(text);
		if (marker === undefined) return;
		const entry = ledger.get(marker) ?? tally();
		entry.created += created;
		entry.charged += charged;
		if (id !== undefined) entry.ids.push(id);
		ledger.set(marker, entry);
	};

	const evolinkCharges = chargesById(evolink);
	for (const { id, prompt } of evolink.tasks) {
		note(prompt, { created: 1, charged: evolinkCharges.get(id) ?? 0, id });
	}
	const coreTodayCharges = chargesById(coretoday);
	for (const { id, input } of coretoday.predictions) {
		note(input.prompt, { created: 1, charged: coreTodayCharges.get(id) ?? 0, id });
	}
	for (const { id, endpoint, input, cost } of fal.tasks) {
		const charged = cost > 0 ? 1 : 0;
		note(input.prompt, { created: 1, charged, id: `${endpoint}/requests/${id}` });
	}
	for (const { parameters, dollars, status } of openai.calls) {
		const created = status === 200 ? 1 : 0;
		note(JSON.stringify(parameters), { created, charged: dollars > 0 ? 1 : 0 });
	}
	for (const { id, prompt } of openai.responses) note(prompt, { id });
	for (const { customIds, status } of openai.batches) {
		const charged = status === 'completed' ? 1 : 0;
		for (const customId of customIds) note(customId, { created: 1, charged, id: customId });
	}
	for (const { messages, dollars, status } of chat.calls) {
		const created = status === 200 ? 1 : 0;
		note(JSON.stringify(messages), { created, charged: dollars > 0 ? 1 : 0 });
	}
	return ledger;
}

/** The marker of each id on the books. */
export function markersById(ledger) {
	const entries = [...ledger].flatMap(([marker, { ids }]) => ids.map((id) => [id, marker]));
	return new Map(entries);
}
