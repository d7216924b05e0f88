// The text model of Analyze and of background tasks: its field, and what Automatic stands for in this account today.
import type { IDataObject, IExecuteFunctions, INodeProperties } from 'n8n-workflow';

import { resultOf } from '../../pipeline/result';
import { ask, type Connection } from '../../pipeline/session';
import { hintTeller } from '../../pipeline/told';
import { createOpenAiAccount } from '../../providers/openai/account';
import {
	AUTOMATIC,
	automaticChatModel,
	DEFAULT_CHAT_MODEL,
	modelRowOf,
	shutdownOf,
} from '../../providers/openai/models';
import { modelField } from '../shared/fields/imageFields';
import { toText } from '../shared/parameters/readParameters';

/** The list is a help: nothing waits long for it. */
const LIST_MILLISECONDS = 10_000;

/** Resolved when the node runs, as n8n keeps a default that has died in every workflow that was made with it. */
export const chatModelField: INodeProperties = {
	...modelField(DEFAULT_CHAT_MODEL, 'searchChatModels'),
	default: { mode: 'list', value: AUTOMATIC, cachedResultName: 'Automatic' },
	description: `Automatic takes ${DEFAULT_CHAT_MODEL}, or what your account has in its place on the day. The list shows what that is, and until when each model works.`,
};

/**
 * The name of the model to ask for: `chosen`, unless that is nothing or Automatic; or one that draws, which n8n's editor
 * leaves in the field when another operation is chosen.
 */
export type ChooseChatModel = (chosen: string, itemIndex: number) => Promise<string>;

/** One for each execution: it asks for the account's list once at most, and gives each hint once. */
export function createChatModelChoice(
	connection: Connection<IExecuteFunctions>,
	baseUrl: string,
): ChooseChatModel {
	const tell = hintTeller(connection);
	let automatic: Promise<string> | undefined;
	return async (chosen, itemIndex) => {
		const onlyDraws = modelRowOf(chosen) !== undefined;
		if (chosen === '' || chosen === AUTOMATIC || onlyDraws) {
			const found = await (automatic ??= findAutomatic(itemIndex));
			if (onlyDraws)
				tell(`${chosen} draws, but can't answer in words. ${found} was asked instead.`, itemIndex);
			return found;
		}
		const end = shutdownOf(chosen);
		if (end && Date.parse(end.date) > connection.clock.now()) {
			tell(
				`OpenAI switches ${chosen} off on ${end.date}. Until then, set the model to Automatic or to ${end.next}.`,
				itemIndex,
			);
		}
		return chosen;
	};

	async function findAutomatic(itemIndex: number): Promise<string> {
		const account = createOpenAiAccount(baseUrl);
		const options = { retry: false, timeoutMilliseconds: LIST_MILLISECONDS };
		const listed = await resultOf(
			ask(connection, account.models(), options).then(account.readModels),
		);
		// A server or a key without a list: the request itself will tell whether the model is there.
		const { id, shutdownDate } = automaticChatModel(listed.ok ? listed.value : []);
		if (shutdownDate) {
			const date = shutdownDate.toISOString().slice(0, 10);
			tell(
				`Automatic took ${id}, as this account's list has no ${DEFAULT_CHAT_MODEL}. OpenAI switches ${id} off on ${date}: choose another model before.`,
				itemIndex,
			);
		}
		return id;
	}
}

/** What was picked in an option. A workflow that wasn't made in the editor may have a text there. */
export function pickedOption(value: unknown, displayName: string): string {
	const isPicked = typeof value === 'object' && value !== null && '__rl' in value;
	return toText(isPicked ? (value as IDataObject).value : value, displayName).trim();
}
