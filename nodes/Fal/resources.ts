// What the fal node can do, in the order in which a person reads it.
import { KNOWN_MODELS } from '../../providers/fal/models';
import { describedImages } from '../shared/described/describedImages';
import { cancelTask } from '../shared/execute/cancelTask';
import { balanceOperation } from '../shared/execute/getBalance';
import { getTask } from '../shared/execute/getTask';
import { resourcesOf } from '../shared/execute/operations';
import { uploadOperation } from '../shared/execute/uploadFile';
import { waitForTask } from '../shared/execute/waitForTask';
import type { FalSession } from './session';

const TASK_ID = 'fal-ai/flux-2/requests/019ac1b2-0000-7000-8000-000000000001';
const CANCEL = 'Stop a task that is still waiting or at work';
const BALANCE = 'See how many dollars are left. It needs an API key of the kind ADMIN.';
const UPLOAD = "Put a file where fal's models can fetch it";

const images = describedImages({
	provider: 'fal',
	models: KNOWN_MODELS,
	customSize: { placeholder: 'e.g. 21:9, 1200x640 or landscape_16_9' },
	quality: {
		description:
			'Higher quality costs more and takes longer. Only some models have this setting: GPT Image draws in high quality there, unless another one is chosen.',
	},
});

export const resources = resourcesOf<FalSession>({
	image: images,
	task: [getTask(TASK_ID), waitForTask(TASK_ID), cancelTask(TASK_ID, CANCEL)],
	file: [uploadOperation(UPLOAD)],
	account: [balanceOperation(BALANCE)],
});
