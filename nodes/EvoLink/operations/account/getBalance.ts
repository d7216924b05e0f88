// Account: Get Balance. The credits that are left.
import type { IDataObject } from 'n8n-workflow';

import { send } from '../../../../pipeline/http/send';
import type { ItemOperation } from '../../../shared/operations';
import type { EvoLinkSession } from '../../session';

export const getBalance: ItemOperation<EvoLinkSession> = {
	option: {
		name: 'Get Balance',
		value: 'getBalance',
		action: 'Get the balance',
		description: 'See how many credits are left',
	},
	fields: [],
	run: async ({ connection, evoLink }, itemIndex) => {
		const balance = evoLink.readCredits(await send(connection, evoLink.credits()));
		return [{ json: { ...balance } as IDataObject, pairedItem: { item: itemIndex } }];
	},
};
