// Input images on their way out: two items with sixteen images of 20 MB each, which the node sends along.
import { randomUUID } from 'node:crypto';

import { OUR_PROVIDERS, ourNode } from '../engine/contenders.mjs';
import { inNewProcess } from '../engine/engine.mjs';

const ITEMS = 2;
const IMAGES = 16;
const MEGABYTES = 20;

const providerNamed = (wanted) => OUR_PROVIDERS.find(({ name }) => name === wanted);

/** Each way in which our nodes send input images to a provider that takes them in the request itself. */
export const REFERENCE_WAYS = [
	{
		name: `${ITEMS} × ${IMAGES} input images of ${MEGABYTES} MB, multipart`,
		provider: providerNamed('OpenAI'),
		credentialType: 'openAiImagesApi',
		least: 1,
	},
	{
		name: `${ITEMS} × ${IMAGES} input images of ${MEGABYTES} MB, data URIs in JSON`,
		provider: providerNamed('Image Chat'),
		credentialType: 'imageChatApi',
		least: 4 / 3,
	},
];

const filesOf = (count, megabytes) =>
	Array.from({ length: count }, (_none, index) => ({
		field: `image${index + 1}`,
		megabytes,
		number: index + 1,
	}));

function jobOf({ provider, credentialType }, { baseUrl, apiKey }, { items, images, megabytes }) {
	const fields = filesOf(images, megabytes);
	const inputImages = {
		images: fields.map(({ field }) => ({ source: 'binary', binaryPropertyName: field })),
	};
	return {
		...ourNode(
			{
				...provider,
				parameters: { ...provider.parameters, operation: 'edit', inputImages },
				credentials: { [credentialType]: { apiKey, baseUrl } },
			},
			ITEMS,
		),
		items: Array.from({ length: items }, () => ({
			prompt: `Picture 1 ${randomUUID()}`,
			pictures: fields,
		})),
		measuresMemory: true,
	};
}

export async function measureReferences(way, service) {
	const first = jobOf(way, service, { items: 1, images: 1, megabytes: 1 });
	const job = jobOf(way, service, { items: ITEMS, images: IMAGES, megabytes: MEGABYTES });
	service.received();
	const [, result] = await inNewProcess([first, job]);
	const wanted = ITEMS * IMAGES * MEGABYTES * way.least;
	const received = service.received() / 1024 ** 2;
	const problem =
		result.error ?? (received < wanted ? `only ${Math.round(received)} MB arrived` : undefined);
	return { ...result, problem };
}
