// Answers to deliveries: each starts its workflow once, and one whose workflow n8n failed to start may come again.
import type { IDataObject, IWebhookFunctions } from 'n8n-workflow';

import {
	answerOnly,
	answerToRepeat,
	deliveredTask,
	startWorkflow,
	toDelivered,
} from '../../../../pipeline/callbacks/startWorkflow';
import { openTask } from '../../../../pipeline/tasks/taskState';

let count = 0;

/** A trigger with its static data, in n8n's process. Each delivery has a response of its own. */
function open(mode: 'webhook' | 'manual' = 'webhook') {
	const trigger = `node-${count++}`;
	const staticData: IDataObject = {};
	const sent: unknown[] = [];

	function delivery() {
		const response = {
			writableEnded: false,
			statusCode: 200,
			status: (code: number) => {
				response.statusCode = code;
				return response;
			},
			json: (body: object) => {
				sent.push([response.statusCode, body]);
				response.writableEnded = true;
			},
		};
		const context = {
			getMode: () => mode,
			getNode: () => ({ id: trigger }),
			getWorkflow: () => ({ id: 'workflow' }),
			getWorkflowStaticData: () => staticData,
			getResponseObject: () => response,
		} as unknown as IWebhookFunctions;
		/** As n8n answers when it has made the execution, or couldn't. */
		const end = (statusCode: number) =>
			Object.assign(response, { statusCode, writableEnded: true });
		return { context, end };
	}

	return { delivery, sent, staticData };
}

const KNOWN = { id: 'task-1' };
const STARTS = { webhookResponse: { message: 'Received.' }, workflowData: [[{ json: KNOWN }]] };
const BUSY = { status: 503, message: 'n8n is starting its workflow. Please deliver again.' };

it('starts the workflow with what is known, once', () => {
	const { delivery, sent } = open();
	const first = delivery();
	expect(startWorkflow(first.context, 'task-1', KNOWN)).toEqual(STARTS);
	first.end(200);
	expect(startWorkflow(delivery().context, 'task-1', KNOWN)).toEqual({ noWebhookResponse: true });
	expect(sent).toEqual([[200, { message: 'Already received.' }]]);
	expect(startWorkflow(delivery().context, 'task-2', KNOWN)).toEqual(STARTS);
});

it('asks for a repeat while n8n is making the execution', () => {
	const { delivery, sent } = open();
	startWorkflow(delivery().context, 'task-1', KNOWN);
	expect(answerToRepeat(delivery().context, 'task-1')).toEqual(BUSY);
	expect(startWorkflow(delivery().context, 'task-1', KNOWN)).toEqual({ noWebhookResponse: true });
	expect(sent).toEqual([[503, { message: BUSY.message }]]);
});

test.each([
	[399, false],
	[400, true],
	[500, true],
])('that it starts again after n8n has answered %i is %s', (statusCode, again) => {
	const { delivery } = open();
	const first = delivery();
	startWorkflow(first.context, 'task-1', KNOWN);
	first.end(statusCode);
	const repeated = answerToRepeat(delivery().context, 'task-1');
	expect(repeated).toEqual(again ? undefined : { status: 200, message: 'Already received.' });
});

it('keeps the deliveries of two triggers apart', () => {
	const [one, other] = [open(), open()];
	startWorkflow(one.delivery().context, 'task-1', KNOWN);
	expect(answerToRepeat(other.delivery().context, 'task-1')).toBeUndefined();
});

it('starts every repeat in a test, and remembers nothing', () => {
	const { delivery, staticData } = open('manual');
	startWorkflow(delivery().context, 'task-1', KNOWN);
	expect(startWorkflow(delivery().context, 'task-1', KNOWN)).toEqual(STARTS);
	answerOnly(delivery().context, BUSY);
	expect(staticData).toEqual({});
});

it('brings what came meanwhile into the static data with every answer', () => {
	const { delivery, staticData } = open();
	startWorkflow(delivery().context, 'task-1', KNOWN);
	const before = staticData.seenDeliveries;
	delete staticData.seenDeliveries;
	answerOnly(delivery().context, BUSY);
	expect(staticData.seenDeliveries).toEqual(before);
});

describe('a task on its way to the execution', () => {
	const createdAt = new Date('2026-11-28T12:00:00Z');
	const expiresAt = new Date('2026-11-29T12:00:00Z');

	it('comes there as it was', () => {
		const task = { ...openTask('task-1'), createdAt, expiresAt };
		const json = JSON.parse(JSON.stringify(toDelivered(task))) as IDataObject;
		expect(json).toMatchObject({ id: 'task-1', createdAt: '2026-11-28T12:00:00.000Z' });
		expect(deliveredTask(json)).toEqual(task);
	});

	it('has no times where none were told', () => {
		const { createdAt: created, expiresAt: expires } = deliveredTask(
			JSON.parse(JSON.stringify(toDelivered(openTask('task-1')))) as IDataObject,
		);
		expect([created, expires]).toEqual([undefined, undefined]);
	});
});
