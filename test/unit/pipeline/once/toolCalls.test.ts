// The node as an AI agent's tool: each wish is a call of its own, and only a failed one is taken up again.
import type { IExecuteFunctions } from 'n8n-workflow';

import { beginCall, leaveCall } from '../../../../pipeline/once/toolCalls';
import type { ImageRequest } from '../../../../providers/contract';
import { LocalInlineFile } from '../../../../pipeline/http/fileToSend';
import { imageWith, requestWith } from '../../providers/support';

interface Run {
	type: string;
	runIndex: number;
}

/** As much of n8n's context as tells of the run. The memory is the node's, for one execution. */
function contextOf({ type, runIndex }: Run, memory: object = {}): IExecuteFunctions {
	return {
		getNode: () => ({ type }),
		getWorkflowDataProxy: () => ({ $runIndex: runIndex }),
		getContext: () => memory,
	} as unknown as IExecuteFunctions;
}

const NODE = 'n8n-nodes-imagegen.evoLink';
const TOOL = 'n8n-nodes-imagegen.evoLinkTool';

it('in a workflow, a call is its place: item and run', () => {
	const memory = {};
	const call = beginCall(contextOf({ type: NODE, runIndex: 3 }, memory), 2, requestWith({}));
	expect(call).toEqual({ itemIndex: 2, runIndex: 3 });
	leaveCall(contextOf({ type: NODE, runIndex: 3 }, memory), call);
	expect(memory).toEqual({});
});

describe('as a tool', () => {
	let memory: object;
	beforeEach(() => (memory = {}));
	const begin = (runIndex: number, request: Partial<ImageRequest> = {}) =>
		beginCall(contextOf({ type: TOOL, runIndex }, memory), 0, requestWith(request));
	const leave = (call: ReturnType<typeof begin>) =>
		leaveCall(contextOf({ type: TOOL, runIndex: call.runIndex }, memory), call);

	it('a call that succeeded is not taken up by the next one with the same wish', () => {
		expect(begin(0).runIndex).toBe(0);
		expect(begin(1).runIndex).toBe(1);
	});

	it('a call that failed is taken up by the next one with the same wish, once', () => {
		leave(begin(0));
		expect(begin(1).runIndex).toBe(0);
		expect(begin(2).runIndex).toBe(2);
	});

	it('a call that failed again is taken up again', () => {
		leave(begin(0));
		leave(begin(1));
		expect(begin(2).runIndex).toBe(0);
	});

	it('calls that failed are taken up in their order', () => {
		const [first, second] = [begin(0), begin(1)];
		leave(first);
		leave(second);
		expect([begin(2), begin(3), begin(4)].map(({ runIndex }) => runIndex)).toEqual([0, 1, 4]);
	});

	test.each<[string, Partial<ImageRequest>]>([
		['prompt', { prompt: 'A blue fox' }],
		['model', { model: 'gpt-4o-image' }],
		['size', { size: '1:1' }],
		['quality', { quality: 'high' }],
		['number of images', { count: 2 }],
		['input image', { references: [imageWith('photo')] }],
		['mask', { mask: imageWith('mask') }],
	])('another %s is another wish', (_rule, request) => {
		const call = begin(0);
		leave(call);
		const other = begin(1, request);
		expect(other.runIndex).toBe(1);
		expect(other.wanted).not.toBe(call.wanted);
	});

	it('another file in the place of the one that is sent along is another wish', () => {
		const beginWith = (runIndex: number, digest: string) =>
			beginCall(contextOf({ type: TOOL, runIndex }, memory), 0, {
				imageUrls: [new LocalInlineFile({ label: 'data' }, digest)],
			});
		leave(beginWith(0, 'one'));
		expect(beginWith(1, 'other').runIndex).toBe(1);
		expect(beginWith(2, 'one').runIndex).toBe(0);
	});

	it('the same file at the address of another upload is the same wish', () => {
		const uploaded = (url: string) => ({ references: [{ ...imageWith('photo'), url }] });
		leave(begin(0, uploaded('https://files.test/1.png')));
		expect(begin(1, uploaded('https://files.test/2.png')).runIndex).toBe(0);
	});
});
