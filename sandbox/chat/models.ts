// The models that the gateway offers: one whose shape the key chooses, one per shape, and one that needs modalities.
import type { Account } from './accounts';
import { type CheckedChatFaults, type Shape, shapes } from './faults';

export interface ChatModel {
	id: string;
	owner: string;
	/** Undefined: the key's, or else a. */
	shape?: Shape;
	/** Without modalities ["image","text"] it answers text only. */
	needsModalities: boolean;
}

const FAMILY = 'gpt-4o-image';

export const models: readonly ChatModel[] = [
	{ id: FAMILY, owner: 'openai', needsModalities: false },
	...shapes.map((shape) => ({
		id: `${FAMILY}-${shape}`,
		owner: 'openai',
		shape,
		needsModalities: false,
	})),
	{ id: 'google/gemini-image', owner: 'google', shape: 'e', needsModalities: true },
];

export function findModel(id: string): ChatModel | undefined {
	return models.find((model) => model.id === id);
}

export function shapeOf(model: ChatModel, faults: CheckedChatFaults, account: Account): Shape {
	return faults.shape ?? model.shape ?? account.shape ?? 'a';
}
