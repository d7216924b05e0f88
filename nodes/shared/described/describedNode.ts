// The node and the trigger of a provider whose models describe themselves, beside what n8n wants to read in their classes.
import type { DescribedProvider, FactsOf } from '../../../providers/described/describedModels';
import { cancelTask } from '../execute/cancelTask';
import { getTask } from '../execute/getTask';
import { imageNode } from '../execute/imageNode';
import { taskSessionOpener, type AccountSession } from '../execute/openAccount';
import { resourcesOf, type ItemOperation } from '../execute/operations';
import { uploadOperation } from '../execute/uploadFile';
import { waitForTask } from '../execute/waitForTask';
import { callbackTrigger } from '../webhooks/callbackTrigger';
import { describedImages, type DescribedImages } from './describedImages';
import { describedMethods } from './describedMethods';
import { learningOpener, type Learnt } from './learnModels';

interface DescribedNode<Addresses, Provider> extends DescribedImages {
	/** Ends the address that the provider delivers to, behind the ID that n8n gives the trigger. */
	path: string;
	/** The credential's name in n8n. */
	credential: string;
	createProvider(addresses: Addresses, factsOf: FactsOf): Provider;
	/** A task's ID as this provider writes it. */
	taskId: string;
	/** What a person has of Task: Cancel, and of File: Upload. */
	cancel: string;
	upload: string;
	/** What the provider tells of the account. */
	account?: Array<ItemOperation<AccountSession<NoInfer<Provider>>>>;
}

export function describedNode<Addresses, Provider extends DescribedProvider>({
	path,
	credential,
	createProvider,
	taskId,
	cancel,
	upload,
	account,
	...images
}: DescribedNode<Addresses, Provider>) {
	const { provider, models } = images;
	const openAccount = learningOpener(credential, createProvider);
	const resources = resourcesOf<AccountSession<Provider & Learnt>>({
		image: describedImages(images),
		task: [getTask(taskId), waitForTask(taskId), cancelTask(taskId, cancel)],
		file: [uploadOperation(upload)],
		...(account && { account }),
	});
	const node = imageNode(provider, resources, taskSessionOpener(openAccount), openAccount);
	return {
		node: { ...node, methods: describedMethods(openAccount, models) },
		trigger: callbackTrigger(provider, path, openAccount),
	};
}
