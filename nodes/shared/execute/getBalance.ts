// Account: Get Balance, for every provider that tells what is left.
import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import { failureIn, resultOf } from '../../../pipeline/result';
import { ask } from '../../../pipeline/session';
import type { BalanceRoute } from '../../../providers/contract';
import { ImageFailure, type FailureKind } from '../../../providers/failure';
import type { Account } from './openAccount';
import type { ItemOperation } from './operations';

const REFUSALS: ReadonlySet<FailureKind> = new Set(['auth', 'forbidden']);

export function balanceOperation(
	description: string,
): ItemOperation<Pick<Account<IExecuteFunctions, BalanceRoute>, 'connection' | 'provider'>> {
	return {
		option: { name: 'Get Balance', value: 'getBalance', action: 'Get the balance', description },
		fields: [],
		run: async ({ connection, provider }, { itemIndex }) => {
			const answer = await resultOf(ask(connection, provider.balance()));
			if (answer.ok) {
				const json = { ...provider.readBalance(answer.value) } as IDataObject;
				return [{ json, pairedItem: { item: itemIndex } }];
			}
			const details = failureIn(answer.error)?.details;
			const { balanceAdvice: advice } = provider;
			if (!advice || !details || !REFUSALS.has(details.kind)) throw answer.error;
			throw new ImageFailure({ ...details, advice });
		},
	};
}
