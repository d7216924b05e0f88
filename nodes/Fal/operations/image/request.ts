// What fal's own fields say of an image, added to what the shared ones do, and held against what the model takes.
import type { LocalRequest } from '../../../../pipeline/media';
import type { ItemWork } from '../../../../pipeline/session';
import { endpointOf } from '../../../../providers/fal/ids';
import { inputOf } from '../../../../providers/fal/input';
import { fieldsOf } from '../../../../providers/answers/loose';
import type { ImageOrder } from '../../../shared/execute/imageOperations';
import { isSet } from '../../../shared/parameters/readParameters';
import { learn, type FalSession } from '../../session';

export async function orderOf(
	session: FalSession,
	shared: LocalRequest,
	itemIndex: number,
	deadline?: ItemWork['deadline'],
): Promise<ImageOrder> {
	const { context, tasks } = session;
	const model = endpointOf(shared.model);
	const { connection, provider } = session;
	const hurried = deadline ? { ...connection, deadline } : connection;
	const { facts, trouble } = await learn({ connection: hurried, provider }, model);
	const settings = fieldsOf(context.getNodeParameter('input.value', itemIndex, {}));
	const chosen = Object.entries(settings).filter(([, value]) => isSet(value));
	const request: LocalRequest = {
		...shared,
		model,
		extras: { input: Object.fromEntries(chosen) },
	};
	// Refuses a size that the model hasn't, before anything is uploaded.
	inputOf(request, facts.fields);
	return { run: tasks, request, hint: hintOf(request, facts.fields, trouble) };

	function hintOf(
		{ prompt }: LocalRequest,
		fields: typeof facts.fields,
		why: string | undefined,
	): string | undefined {
		if (why !== undefined) {
			return `What ${model} takes could not be asked for item ${itemIndex}, so that its settings were sent unchecked. ${why}`;
		}
		if (!fields || fields.has('prompt') || prompt.trim() === '') return undefined;
		return `${model} takes no Prompt, so that the one of item ${itemIndex} was left out.`;
	}
}
