// Account: Get Balance. The credits that are left.
import type { IDataObject } from 'n8n-workflow';

import { ask } from '../../../../pipeline/session';
import type { ItemOperation } from '../../../shared/execute/operations';
import type { EvoLinkSession } from '../../session';

export const getBalance: ItemOperation<EvoLinkSession> = {
	option: {
		name: 'Get Balance',
		value: 'getBalance',
		action: 'Get the balance',
		description: 'See how many credits are left',
	},
	fields: [],
	run: async ({ connection, provider }, { itemIndex }) => {
		const balance = provider.readCredits(await ask(connection, provider.credits()));
		return [{ json: { ...balance } as IDataObject, pairedItem: { item: itemIndex } }];
	},
};
