// The idempotency key: the same for every retry of one item's create, another for everything else.
import fc from 'fast-check';
import type { IContextObject, IExecuteFunctions, INodeParameters } from 'n8n-workflow';

import { memoryKeyOf, keyOfReference } from '../../../../pipeline/once/idempotency';
import type { Call } from '../../../../pipeline/once/toolCalls';

interface Execution {
	instance: string;
	workflow: string | undefined;
	execution: string | undefined;
	node: string;
	parameters: INodeParameters;
	/** n8n's memory of the node within the execution. */
	memory: IContextObject;
}

const HERE: Omit<Execution, 'memory'> = {
	instance: 'instance-1',
	workflow: 'w1',
	execution: '17',
	node: 'node-1',
	parameters: { prompt: 'A kite', options: { seed: 1, timeLimitSeconds: 60 } },
};
const CALL: Call = { itemIndex: 0, runIndex: 0 };

/** As much of n8n's context as says where the node runs. */
function contextOf(given: Execution): IExecuteFunctions {
	const { instance, workflow, execution, node, parameters, memory } = given;
	return {
		getInstanceId: () => instance,
		getWorkflow: () => ({ id: workflow, active: true }),
		getExecutionId: () => execution,
		getNode: () => ({ id: node, parameters }),
		getContext: () => memory,
		getWorkflowDataProxy: () => ({ $execution: {} }),
	} as unknown as IExecuteFunctions;
}

const keyOf = (
	execution: Partial<Execution> = {},
	call: Partial<Call> = {},
	attempt = 1,
	part = 0,
) => {
	const context = contextOf({ memory: {}, ...HERE, ...execution });
	return memoryKeyOf(context, { ...CALL, ...call }, part, attempt);
};

it('is the same for every retry of one item', () => {
	expect(keyOf()).toBe(keyOf());
});

it('is the same in every version: what an earlier one has ordered is not ordered again', () => {
	expect(keyOf({}, { itemIndex: 1, runIndex: 2, wanted: 'digest' }, 2, 3)).toBe(
		'imagegen-2c59866db473cbf76281f1196338c0d768b0babdf6f90540',
	);
});

it('is of the execution that n8n’s expressions tell where nothing else does, and is kept', () => {
	const memory: IContextObject = {};
	const context = {
		...contextOf({ ...HERE, execution: '', memory }),
		getWorkflowDataProxy: () => ({ $execution: { id: '17' } }),
	} as unknown as IExecuteFunctions;
	expect(memoryKeyOf(context, CALL, 0, 1)).toBe(keyOf());
	expect(keyOf({ execution: '99', memory })).toBe(keyOf());
});

it('is that of a node without options, where none is chosen', () => {
	const parameters = { prompt: 'A kite' };
	expect(keyOf({ parameters })).toBe(keyOf({ parameters: { ...parameters, options: {} } }));
});

describe('when a person retries a failed execution, which n8n gives another number', () => {
	const memory: IContextObject = {};
	const retried = (options: INodeParameters, prompt = 'A kite') =>
		keyOf({ execution: '18', memory, parameters: { prompt, options } });
	const first = keyOf({ memory });

	it('is the same, so that what was started is taken up', () => {
		expect(retried({ seed: 1, timeLimitSeconds: 60 })).toBe(first);
	});

	it('is the same with more time, as the images are the same', () => {
		expect(retried({ seed: 1, timeLimitSeconds: 900, concurrency: 2 })).toBe(first);
		expect(retried({ seed: 1, reference: 'row 13' })).toBe(first);
	});

	test.each<[string, INodeParameters[string]]>([
		['binaryPropertyOutput', 'picture'],
		['fileName', 'kite'],
		['groupImages', true],
		['output', 'links'],
		['allowUnknownPrices', true],
		['concurrency', 2],
		['includeInputFields', false],
		['maximumCost', 5],
		['maximumImages', 3],
		['reference', 'row 13'],
		['timeLimitSeconds', 900],
	])('is the same with another %s', (name, value) => {
		expect(retried({ seed: 1, [name]: value })).toBe(first);
	});

	it('is another where another image is wanted', () => {
		expect(retried({ seed: 1 }, 'A boat')).not.toBe(first);
		expect(retried({ seed: 2 })).not.toBe(first);
	});
});

test.each<[string, () => string]>([
	['item', () => keyOf({}, { itemIndex: 1 })],
	['turn of a loop', () => keyOf({}, { runIndex: 1 })],
	['attempt after a failed task', () => keyOf({}, {}, 2)],
	['task of one item that needs several', () => keyOf({}, {}, 1, 1)],
	['execution', () => keyOf({ execution: '18' })],
	['node', () => keyOf({ node: 'node-2' })],
	['workflow', () => keyOf({ workflow: 'w2' })],
	['n8n', () => keyOf({ instance: 'instance-2' })],
	["wish of an agent's call", () => keyOf({}, { wanted: 'digest' })],
])('is another for another %s', (_rule, other) => {
	expect(other()).not.toBe(keyOf());
});

it('is another every time where no execution is told, as nothing then says what belongs together', () => {
	expect(keyOf({ execution: undefined })).not.toBe(keyOf({ execution: undefined }));
});

it('has a form that EvoLink takes, 16–96 of [A-Za-z0-9._-], whatever the parts hold', () => {
	const text = fc.string({ unit: 'binary' });
	fc.assert(
		fc.property(text, text, fc.nat(), (execution, node, itemIndex) => {
			expect(keyOf({ execution, node }, { itemIndex })).toMatch(/^[A-Za-z0-9._-]{16,96}$/);
		}),
	);
});

it('mixes up no neighbours', () => {
	const place = fc.record({ itemIndex: fc.nat(200), runIndex: fc.nat(200) });
	fc.assert(
		fc.property(place, place, (one, other) => {
			const isSame = one.itemIndex === other.itemIndex && one.runIndex === other.runIndex;
			expect(keyOf({}, one) === keyOf({}, other)).toBe(isSame);
		}),
	);
});

describe("of an order with a reference of the person's own", () => {
	const named = (execution: Partial<Execution> = {}, call: Partial<Call> = {}, more = {}) => {
		const { reference, part, attempt } = { reference: 'row 12', part: 0, attempt: 1, ...more };
		const context = contextOf({ memory: {}, ...HERE, ...execution });
		return keyOfReference(context, { ...CALL, ...call }, reference, part, attempt);
	};

	test.each<[string, () => string]>([
		['another execution', () => named({ execution: '18' })],
		['another item, and turn of a loop', () => named({}, { itemIndex: 3, runIndex: 2 })],
		['another prompt and other options', () => named({ parameters: { prompt: 'A boat' } })],
	])('it is the same in %s', (_rule, other) => {
		expect(other()).toBe(named());
	});

	test.each<[string, () => string]>([
		['reference', () => named({}, {}, { reference: 'row 13' })],
		['part', () => named({}, {}, { part: 1 })],
		['attempt after a failed task', () => named({}, {}, { attempt: 2 })],
		['node', () => named({ node: 'node-2' })],
		['workflow', () => named({ workflow: 'w2' })],
		['n8n', () => named({ instance: 'instance-2' })],
		["wish of an agent's call", () => named({}, { wanted: 'digest' })],
	])('it is another for another %s', (_rule, other) => {
		expect(other()).not.toBe(named());
	});

	it('is the same in every version: what an earlier one has ordered is not ordered again', () => {
		expect(named({}, { wanted: 'digest' }, { part: 3, attempt: 2 })).toBe(
			'imagegen-f598e35164f3aa1902aa1be7746d7d886d1bee1759c82b6d',
		);
	});

	it('has a form that EvoLink takes, and is never that of an order without one', () => {
		const text = fc.string({ unit: 'binary' });
		fc.assert(
			fc.property(text, (reference) => {
				const key = named({}, {}, { reference });
				expect(key).toMatch(/^[A-Za-z0-9._-]{16,96}$/);
				expect(key).not.toBe(keyOf());
			}),
		);
	});
});
