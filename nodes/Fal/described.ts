// What the fal node and its trigger can do. The rest follows from what fal's models tell of themselves.
import { createFal } from '../../providers/fal';
import { KNOWN_MODELS } from '../../providers/fal/models';
import { describedNode } from '../shared/described/describedNode';
import { balanceOperation } from '../shared/execute/getBalance';

const BALANCE = 'See how many dollars are left. It needs an API key of the kind ADMIN.';

export const { node, trigger } = describedNode({
	provider: 'fal',
	path: 'fal',
	credential: 'falApi',
	createProvider: createFal,
	models: KNOWN_MODELS,
	taskId: 'fal-ai/flux-2/requests/019ac1b2-0000-7000-8000-000000000001',
	customSize: { placeholder: 'e.g. 21:9, 1200x640 or landscape_16_9' },
	quality: {
		description:
			'Higher quality costs more and takes longer. Only some models have this setting: GPT Image draws in high quality there, unless another one is chosen.',
	},
	cancel: 'Stop a task that is still waiting or at work',
	upload: "Put a file where fal's models can fetch it",
	account: [balanceOperation(BALANCE)],
});
