// Operations as data: each lives in one file with its fields and its work, and the node's description is put together from them.
import {
	updateDisplayOptions,
	type INodeExecutionData,
	type INodeProperties,
	type INodePropertyOptions,
} from 'n8n-workflow';

interface OperationBase {
	/** Name, value, action and description, as n8n shows them. */
	option: INodePropertyOptions;
	fields: INodeProperties[];
	/** How many items at the same time, unless the person says otherwise. */
	concurrency?: number;
}

/** An operation on each input item by itself. */
export interface ItemOperation<Session> extends OperationBase {
	/** Does the work for one input item. Throws an ImageFailure. */
	run(session: Session, itemIndex: number): Promise<INodeExecutionData[]>;
}

/** An operation that takes all input items together. */
export interface JoinOperation<Session> extends OperationBase {
	/** Does the work for all input items. Throws an ImageFailure. */
	runAll(session: Session): Promise<INodeExecutionData[]>;
}

/** What a person can do with a resource. `Session` is what the node sets up once per execution. */
export type Operation<Session> = ItemOperation<Session> | JoinOperation<Session>;

export interface Resource<Session> {
	name: string;
	value: string;
	operations: Array<Operation<Session>>;
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

/** The Resource and Operation fields and, behind them, every operation's own. */
export function describeResources<Session>(resources: Array<Resource<Session>>): INodeProperties[] {
	const chooseResource = withOptions(
		resourceField,
		resources.map(({ name, value }) => ({ name, value })),
	);
	const chooseOperation = resources.map(({ value, operations }) => ({
		...withOptions(
			operationField,
			operations.map(({ option }) => option),
		),
		displayOptions: { show: { resource: [value] } },
	}));
	const ownFields = resources.flatMap(({ value, operations }) =>
		operations.flatMap(({ option, fields }) =>
			updateDisplayOptions({ show: { resource: [value], operation: [option.value] } }, fields),
		),
	);
	return [chooseResource, ...chooseOperation, ...ownFields];
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
