// The shapes that tests see: the engine, one run of a node, one trigger that listens.
import type {
	ExecutionError,
	IBinaryData,
	ICredentialDataDecryptedObject,
	ICredentialType,
	IDataObject,
	INodeExecutionData,
	INodeListSearchResult,
	INodePropertyOptions,
	INodeType,
	IRun,
	NodeExecutionHint,
	ResourceMapperFields,
	WorkflowExecuteMode,
	WorkflowSettingsBinaryMode,
} from 'n8n-workflow';

export type Credentials = Record<string, ICredentialDataDecryptedObject>;

export interface EngineOptions {
	binaryMode?: 'default' | 'filesystem';
	/** The credential types that nodes under test use. */
	credentialTypes?: ICredentialType[];
}

export interface InputItem {
	/** Without any, an empty one; `missing` for an item without json, which n8n passes on as it is. */
	json?: IDataObject | 'missing';
	binary?: Record<string, { content: Buffer; fileName?: string; mimeType?: string }>;
}

export interface NodeOptions {
	node: INodeType;
	/** As saved in a workflow: what is left out gets the node's defaults. */
	parameters: IDataObject;
	credentials?: Credentials;
	typeVersion?: number;
	nodeName?: string;
}

export interface RunOptions extends NodeOptions {
	/** Without any, one empty item. For a tool, each item's json is one call's arguments. */
	items?: InputItem[];
	onError?: 'stopWorkflow' | 'continueRegularOutput' | 'continueErrorOutput';
	retryOnFail?: { maxTries: number };
	executionId?: string;
	/**
	 * `true`: called as a sub-node, as agents before version 3 do.
	 * `'at once'`: the same, with all calls in the same moment, as a model may ask for several.
	 * `'agent'`: run by the engine at an agent's request, as agents from version 3 on do.
	 */
	asTool?: boolean | 'at once' | 'agent';
	/** Aborting it stops the execution, like the Stop button. */
	signal?: AbortSignal;
	binaryMode?: WorkflowSettingsBinaryMode;
	/** Where n8n says that it is reached, without a slash at the end; unless told otherwise, on its own machine only. */
	n8nAddress?: string;
	/** Whether the workflow keeps its executions, and with them their files. */
	saveDataSuccessExecution?: 'all' | 'none';
	/** Keeps what n8n saves of the execution, so that it can be retried. */
	saves?: boolean;
	/** Called each time that it has been saved, and makes it so. */
	whenSaved?: () => void;
	/**
	 * What n8n has saved of an earlier execution, or would have saved in the end: the node runs once more on its items,
	 * with its memory, as with Retry.
	 */
	retryOf?: string | EngineRun;
	/** As n8n started the workflow. Without it, `trigger`: in production. */
	mode?: WorkflowExecuteMode;
	/**
	 * Callbacks to `$execution.resumeUrl` reach the execution, and another node stands behind the
	 * one under test, which passes on what it is given.
	 */
	suspendable?: boolean;
	/** A proxy in front of n8n, with `suspendable`: what it answers to a call in place of n8n, if anything. */
	proxy?: (body: unknown) => { status: number; body: unknown } | undefined;
}

/** A callback that came to the resume address, and what it was answered. */
export interface CallbackDelivery {
	method: string;
	body: unknown;
	status: number;
}

/** What only a run with `suspendable` has. */
export interface Suspension {
	/** What the node behind the one under test passed on: empty as long as it wasn't run. */
	passedOn: INodeExecutionData[];
	/** Where callbacks go, with n8n's token. */
	resumeUrl: string;
	/** Set while the execution waits. */
	waitTill?: Date;
	/** Every callback up to now, in the order in which they were answered. */
	deliveries: CallbackDelivery[];
	/** Resolves when something has made the execution go on, and it has ended. */
	resumed(): Promise<EngineRun>;
	/** Does what n8n does when the date passes, and answers as `resumed` does. */
	passTimeLimit(): Promise<EngineRun>;
}

export interface EngineRun extends Suspension {
	status: 'success' | 'error' | 'canceled' | 'waiting';
	/** The first output. For a tool, what the agent is given. */
	items: INodeExecutionData[];
	outputs: INodeExecutionData[][];
	/** As n8n saves it with the execution. */
	error?: ExecutionError;
	hints: NodeExecutionHint[];
	/** What was told besides, such as what the run cost. */
	notes: string[];
	/** What the node reported with accumulateTokenUsage. */
	tokenUsage?: { inputTokens: number; outputTokens: number };
	binary(item: INodeExecutionData | number, field?: string): Promise<Buffer>;
	binaryInfo(item: INodeExecutionData | number, field?: string): IBinaryData;
	executionId: string;
	/** What the node has sent to the browser of whoever runs it by hand, in the mode `manual`. */
	said: unknown[];
	raw: IRun;
	/** With `saves` or `whenSaved`: what n8n has saved, each time that it did. It saves a cancelled execution in the very moment of the cancel. */
	saved: string[];
}

export interface TriggerOptions extends NodeOptions {
	mode?: 'production' | 'test';
	/** What n8n's database does when an execution is to be made: it may take its time, or fail. */
	createExecution?: () => Promise<void>;
}

export interface EngineTrigger {
	url: string;
	/** One entry for every workflow started: its items. */
	started: INodeExecutionData[][];
	/** What the executions have told besides. */
	hints: string[];
	/** What each of them began with, as n8n saves it before the first step. */
	delivered: INodeExecutionData[][];
	binary(item: INodeExecutionData, field?: string): Promise<Buffer>;
	/** As saved in the database, keyed like n8n's: `node:NAME` or `global`. */
	readonly staticData: IDataObject;
	activate(): Promise<void>;
	deactivate(): Promise<void>;
	close(): Promise<void>;
}

export interface ListSearchOptions {
	node: INodeType;
	parameters?: IDataObject;
	credentials?: Credentials;
	method: string;
	filter?: string;
	paginationToken?: string;
}

export interface CredentialTestOptions {
	credentialType: ICredentialType;
	data: ICredentialDataDecryptedObject;
}

export interface CredentialTestResult {
	ok: boolean;
	status: 'OK' | 'Error';
	message: string;
}

export interface Engine {
	run(options: RunOptions): Promise<EngineRun>;
	trigger(options: TriggerOptions): Promise<EngineTrigger>;
	listSearch(options: ListSearchOptions): Promise<INodeListSearchResult>;
	loadOptions(options: ListSearchOptions): Promise<INodePropertyOptions[]>;
	mapResource(options: ListSearchOptions): Promise<ResourceMapperFields>;
	testCredential(options: CredentialTestOptions): Promise<CredentialTestResult>;
	/** What n8n has written into its log so far, each line as JSON. */
	log(): Promise<string>;
	close(): Promise<void>;
}
