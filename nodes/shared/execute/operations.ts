// Operations as data: each lives in one file with its fields and its work, and the node's description is put together from them.
import {
	updateDisplayOptions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

import type { ItemWork } from '../../../pipeline/session';
import type { SuspendedItem } from '../../../pipeline/suspend';
import type { ImageProvider } from '../../../providers/contract';
import type { OrderPrice } from '../../../providers/limits/orderPrice';
import { alsoForTools, toolDescriptionField } from '../fields/toolFields';

/** What of an operation tells which fields its items have. */
export interface OperationOutput {
	/** With Include Input Fields among the Options, what came in is added to its items. */
	fields: INodeProperties[];
	/** Whether it tells of the image that came in: then what is known of that stays, too. */
	aboutInput?: boolean;
}

interface OperationBase extends OperationOutput {
	/** Name, value, action and description, as n8n shows them. */
	option: INodePropertyOptions;
	/** What comes back, for an AI agent that has the operation as a tool. */
	answer?: string;
	/** How many items at the same time, unless the person says otherwise. */
	concurrency?: number;
	/** Whether it asks for work that is paid for: then its failed items say whether they may have been charged. */
	isOrder?: boolean;
}

/** What the work for one input item would cost. */
export interface ItemPrice extends OrderPrice {
	/** Whom it is ordered from. */
	orderedFrom: ImageProvider;
}

/** An operation on each input item by itself. */
export interface ItemOperation<Session> extends OperationBase {
	/** Does the work for one input item. Throws an ImageFailure. */
	run(session: Session, work: ItemWork): Promise<INodeExecutionData[]>;
	/** What the work for one input item would cost, where it makes images. Orders nothing, and opens no file. */
	price?(session: Session, itemIndex: number): Promise<ItemPrice>;
	/** What to tell a person in words when all items are done. */
	summary?(session: Session, items: INodeExecutionData[]): string | undefined;
	/** Begins it, where the execution can be suspended meanwhile, and answers what the item then waits for. */
	suspend?(session: Session, work: ItemWork): Promise<SuspendedItem>;
}

/** An operation that takes all input items together. */
export interface JoinOperation<Session> extends OperationBase {
	/** Does the work for all input items. Throws an ImageFailure. */
	runAll(session: Session, work: ItemWork): Promise<INodeExecutionData[]>;
	/** How a person has what an earlier try has started, by its ID. */
	startedInWords(id: string): string;
}

/** What a person can do with a resource. `Session` is what the node sets up once per execution. */
export type Operation<Session> = ItemOperation<Session> | JoinOperation<Session>;

export interface Resource<Session> {
	name: string;
	value: string;
	operations: Array<Operation<Session>>;
}

/** By their values, in the order in which a person reads them: `image` is shown as Image. */
export function resourcesOf<Session>(
	operations: Readonly<Record<string, Array<Operation<Session>>>>,
): Array<Resource<Session>> {
	return Object.entries(operations).map(([value, each]) => ({
		name: value.charAt(0).toUpperCase() + value.slice(1),
		value,
		operations: each,
	}));
}

const resourceField: INodeProperties = {
	displayName: 'Resource',
	name: 'resource',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

const operationField: INodeProperties = {
	displayName: 'Operation',
	name: 'operation',
	type: 'options',
	noDataExpression: true,
	options: [],
	default: '',
};

/**
 * The Resource and Operation fields and, behind them, every operation's own. Each action names the provider, so that the
 * nodes can be told apart in lists and on the canvas: of a tool n8n does that by itself.
 */
export function describeResources<Session>(
	resources: Array<Resource<Session>>,
	provider: string,
	isTool = false,
): INodeProperties[] {
	const chooseResource = withOptions(
		resourceField,
		resources.map(({ name, value }) => ({ name, value })),
	);
	const chooseOperation = resources.map(({ value, operations }) => ({
		...withOptions(
			operationField,
			operations.map(({ option }) =>
				isTool ? option : { ...option, action: actionOf(option, provider) },
			),
		),
		displayOptions: { show: { resource: [value] } },
	}));
	const ownFields = resources.flatMap(({ value, operations }) =>
		operations.flatMap((operation) =>
			updateDisplayOptions({ show: { resource: [value], operation: [operation.option.value] } }, [
				toolDescriptionField(toolTextOf(operation, provider)),
				...alsoForTools(operation.fields),
			]),
		),
	);
	return [chooseResource, ...chooseOperation, ...ownFields];
}

function actionOf({ action, name }: INodePropertyOptions, provider: string): string {
	const does = action ?? name;
	return does.includes(provider) ? does : `${does} with ${provider}`;
}

function toolTextOf({ option, answer }: OperationBase, provider: string): string {
	const does = `${actionOf(option, provider)}: ${option.description}.`;
	return answer === undefined ? does : `${does} ${answer}`;
}

/** The field with these options, the first of them chosen. */
function withOptions(field: INodeProperties, options: INodePropertyOptions[]): INodeProperties {
	return { ...field, options, default: options[0]!.value };
}

/** The operation that the person chose. */
export function findOperation<Session>(
	resources: Array<Resource<Session>>,
	resource: string,
	operation: string,
): Operation<Session> | undefined {
	return resources
		.find(({ value }) => value === resource)
		?.operations.find(({ option }) => option.value === operation);
}
