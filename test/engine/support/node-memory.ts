// What an execution has in n8n's memory of the node under test, as n8n would save it.
import { parse, stringify } from 'flatted';
import type { IDataObject } from 'n8n-workflow';

import type { EngineRun } from './types';

/** The paid requests that are kept there, whatever their keys. */
export function keptCreates({ raw }: EngineRun): IDataObject[] {
	const { contextData = {} } = raw.data.executionData ?? {};
	const saved = parse(stringify(contextData)) as Record<string, { imagegen?: IDataObject }>;
	return Object.values(saved).flatMap(({ imagegen }) =>
		Object.values((imagegen?.creates ?? {}) as Record<string, IDataObject>),
	);
}
