// Task: Cancel. Takes a task out of fal's queue, or asks fal to stop it.
import { taskItem } from '../../../../pipeline/media';
import { addHint, ask, askForTask } from '../../../../pipeline/session';
import type { ItemOperation } from '../../../shared/execute/operations';
import { readTaskId, taskIdField } from '../../../shared/fields/taskFields';
import type { FalSession } from '../../session';

export function cancelTask(exampleId: string): ItemOperation<FalSession> {
	return {
		option: {
			name: 'Cancel',
			value: 'cancel',
			action: 'Cancel a task',
			description: 'Stop a task that is still waiting or at work',
		},
		fields: [taskIdField(exampleId)],
		run: async ({ context, connection, provider }, { itemIndex }) => {
			const id = readTaskId(context, itemIndex);
			const answer = await ask(connection, provider.cancel(id));
			if (provider.cameTooLate(answer)) {
				const hint = `The task of item ${itemIndex} had ended already, so that there was nothing to cancel. Fetch its images with Task: Get.`;
				addHint(connection, hint, itemIndex);
			}
			return [taskItem(connection, await askForTask(connection, id), itemIndex)];
		},
	};
}
