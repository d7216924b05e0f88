// All models of the fal sandbox, by their endpoint IDs.
import { flux } from './flux';
import { google } from './google';
import { madeUp } from './made-up';
import { appOf, type Model } from './model';
import { openai } from './openai';
import { others } from './others';
import { tools } from './tools';

export const models: readonly Model[] = [
	...flux,
	...google,
	...openai,
	...others,
	...tools,
	...madeUp,
];

const byId = new Map(models.map((model) => [model.id, model]));
const apps = new Set(models.map(({ id }) => appOf(id)));

export function findModel(id: string): Model | undefined {
	return byId.get(id);
}

export function isApp(app: string): boolean {
	return apps.has(app);
}
