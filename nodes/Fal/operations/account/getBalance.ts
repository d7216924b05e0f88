// Account: Get Balance. The dollars that are left, which fal tells to an ADMIN key only.
import type { IDataObject } from 'n8n-workflow';

import { failureIn, resultOf } from '../../../../pipeline/result';
import { ask } from '../../../../pipeline/session';
import { ImageFailure, type FailureKind } from '../../../../providers/failure';
import type { ItemOperation } from '../../../shared/execute/operations';
import type { FalSession } from '../../session';

const REFUSALS: ReadonlySet<FailureKind | undefined> = new Set(['auth', 'forbidden']);
const ADVICE =
	'fal tells the balance to an ADMIN key only. Make one at fal.ai/dashboard/keys with the scope ADMIN, and use it here in a credential of its own.';

export const getBalance: ItemOperation<FalSession> = {
	option: {
		name: 'Get Balance',
		value: 'getBalance',
		action: 'Get the balance',
		description: 'See how many dollars are left. It needs an API key of the kind ADMIN.',
	},
	fields: [],
	run: async ({ connection, provider }, { itemIndex }) => {
		const answer = await resultOf(ask(connection, provider.balance()));
		if (answer.ok) {
			const json = provider.readBalance(answer.value) as IDataObject;
			return [{ json, pairedItem: { item: itemIndex } }];
		}
		const details = failureIn(answer.error)?.details;
		if (!details || !REFUSALS.has(details.kind)) throw answer.error;
		throw new ImageFailure({ ...details, advice: ADVICE });
	},
};
