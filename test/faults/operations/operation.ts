// One operation of one node, as a person sets it up, and the step of it at which a fault is done.
import type { ICredentialType, IDataObject, INodeType } from 'n8n-workflow';

import type { Credentials, InputItem } from '../../engine/support';
import type { Provider, Step } from '../cells';
import type { Aim } from '../judge';
import { PICTURE } from '../server/picture';
import type { Protocol } from '../server/protocol';

/** In the pipeline's time. */
export const TIME_LIMIT_SECONDS = 80;

/** What n8n asks a node for beside running it. */
export type Instead =
	/** The editor fills a list, or a form. */
	| { method: string; kind: 'listSearch' | 'loadOptions' | 'resourceMapping' }
	/** The trigger's workflow is published, published again, or taken back. */
	| { moment: 'publish' | 'publishAgain' | 'unpublish' };

/** What a person sets up. */
export interface Setup {
	provider: Provider;
	/** What comes out when all goes well. */
	makes: Aim;
	/** As the resource and the operation stand in the node. Where a list is filled, those that the person has chosen. */
	operation: `${string}/${string}`;
	parameters?: IDataObject;
	/** Whether it works on a picture that comes in. */
	takesPicture?: boolean;
	/** Whether the Time Limit ends it. */
	isLimited?: boolean;
	/** The IDs of orders from before, which the operation asks about. */
	earlier?: readonly string[];
	/** How many items come in, where it is more than one. Each is an order. */
	items?: number;
	/** Where its end is told by a callback: to whom. */
	calledBack?: 'execution' | 'trigger';
	/** Whether it is no fault that nothing comes out: of an empty list. */
	mayBeEmpty?: boolean;
	/** Where no workflow is run: what n8n does in its place. */
	instead?: Instead;
	/** Where the server speaks otherwise than usual. */
	protocol?: Protocol;
}

export interface Operation extends Setup {
	/** Behind a dot, what of it goes wrong, where that isn't its first request. */
	id: string;
	step: Step;
	/** Whether that is the first request to its address, so that it may lead to nobody. */
	isFirst: boolean;
}

export interface ProviderNode {
	node(): INodeType;
	/** Where the provider calls back. */
	trigger?(): INodeType;
	credentialType: ICredentialType;
	/** `dead` is an address at which nobody listens, for the hosts of this step. */
	credentials(base: string, key: string, step: Step, dead?: string): Credentials;
}

/** The same run once for each of the steps at which it may go wrong. The first one is its first request. */
export function stepsOf(id: string, setup: Setup, steps: Step[]): Operation[] {
	return steps.map((step, place) => ({
		...setup,
		id: place === 0 ? id : `${id}.${step}`,
		step,
		isFirst: place === 0,
	}));
}

/** A Model list, as the editor fills it. */
export function listOf(method: string): Instead {
	return { method, kind: 'listSearch' };
}

export function model(value: string): IDataObject {
	return { model: { __rl: true, mode: 'id', value } };
}

/** As the node under test is given it. */
export function parametersOf({ operation, parameters, isLimited }: Setup): IDataObject {
	const [resource, name] = operation.split('/');
	return {
		resource,
		operation: name,
		...parameters,
		...(isLimited && {
			options: { ...(parameters?.options as IDataObject), timeLimitSeconds: TIME_LIMIT_SECONDS },
		}),
	};
}

export function itemsOf({ takesPicture, items = 1 }: Setup): InputItem[] {
	const data = { content: PICTURE, fileName: 'picture.png', mimeType: 'image/png' };
	return Array.from({ length: items }, () => (takesPicture ? { binary: { data } } : {}));
}

/** Whether it asks for work that is paid for, and not only about such work. */
export function isOrder({ makes, earlier, instead }: Setup): boolean {
	const isPaidFor = makes !== 'file' && makes !== 'facts';
	return isPaidFor && earlier === undefined && instead === undefined;
}

/** How many orders it may be charged for. */
export function ordersOf({ earlier, items = 1 }: Setup): number {
	return earlier?.length ?? items;
}
