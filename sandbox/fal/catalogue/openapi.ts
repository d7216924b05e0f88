// A model's page in OpenAPI 3.0, as fal's catalogue gives it.
import type { Extra, FileShape, Model, Output } from './model';
import { componentRef, components, type JsonSchema, listOf } from './schema';

const KIND: Record<FileShape, string> = { sized: 'Image', empty: 'ImageFile', sizeless: 'File' };

const about: Record<string, JsonSchema> = {
	url: { type: 'string', description: 'The URL where the file can be downloaded from.' },
	content_type: { type: 'string', description: 'The mime type of the file.' },
	file_name: { type: 'string', description: 'The name of the file.' },
	file_size: { type: 'integer', description: 'The size of the file in bytes.' },
	width: { type: 'integer', description: 'The width of the image.' },
	height: { type: 'integer', description: 'The height of the image.' },
};

const extraSchemas: Record<Extra, JsonSchema> = {
	seed: { type: 'integer', description: 'Seed of the generated image.' },
	timings: { type: 'object' },
	has_nsfw_concepts: {
		...listOf({ type: 'boolean' }),
		description: 'Whether the generated images contain NSFW concepts.',
	},
	prompt: { type: 'string', description: 'The prompt used for generating the image.' },
	description: { type: 'string', description: 'The description of the generated images.' },
	revised_prompt: { type: 'string', description: 'The enhanced prompt.' },
};

const queueStatus: JsonSchema = {
	type: 'object',
	required: ['status', 'request_id'],
	properties: {
		status: { type: 'string', enum: ['IN_QUEUE', 'IN_PROGRESS', 'COMPLETED'] },
		request_id: { type: 'string', description: 'The request id.' },
		response_url: { type: 'string', description: 'The response url.' },
		status_url: { type: 'string', description: 'The status url.' },
		cancel_url: { type: 'string', description: 'The cancel url.' },
		logs: { type: 'object', description: 'The logs.' },
		metrics: { type: 'object', description: 'The metrics.' },
		queue_position: { type: 'integer', description: 'The queue position.' },
	},
};

/** Undefined for a model of which no schema is known. */
export function openApiOf(model: Model): Record<string, unknown> | undefined {
	if (model.shownSchemas === false) return undefined;
	const { id } = model;
	const name = schemaName(id);
	const request = `/${id}/requests/{request_id}`;
	const status = componentRef('QueueStatus');
	return {
		openapi: '3.0.4',
		info: {
			title: `Queue OpenAPI for ${id}`,
			version: '1.0.0',
			description: `The OpenAPI schema for the ${id} queue.`,
			'x-fal-metadata': { endpointId: id, category: model.category },
		},
		components: {
			securitySchemes: {
				apiKeyAuth: {
					type: 'apiKey',
					in: 'header',
					name: 'Authorization',
					description: 'Fal Key',
				},
			},
			schemas: {
				QueueStatus: queueStatus,
				...(model.shownSchemas ?? { [`${name}Input`]: inputSchema(model, `${name}Input`) }),
				[`${name}Output`]: outputSchema(model.output, `${name}Output`),
				[KIND[model.output.file]]: fileSchema(model.output.file),
				...usedComponents(model),
			},
		},
		paths: {
			[`${request}/status`]: { get: answers(status) },
			[`${request}/cancel`]: {
				put: answers({ type: 'object', properties: { success: { type: 'boolean' } } }),
			},
			[`/${id}`]: {
				post: {
					requestBody: { required: true, content: json(componentRef(`${name}Input`)) },
					...answers(status),
				},
			},
			[request]: { get: answers(componentRef(`${name}Output`)) },
		},
		servers: [{ url: 'https://queue.fal.run' }],
		security: [{ apiKeyAuth: [] }],
	};
}

/** Also what a request is checked with. */
export function inputSchema({ input }: Model, title?: string): JsonSchema {
	const names = Object.keys(input);
	return {
		type: 'object',
		title,
		properties: Object.fromEntries(
			Object.entries(input).map(([name, { schema }]) => [
				name,
				{ title: titleOf(name), ...schema },
			]),
		),
		required: names.filter((name) => input[name]?.isRequired),
		'x-fal-order-properties': names,
	};
}

function outputSchema({ pictures, file, extras, maskField }: Output, title: string): JsonSchema {
	const one = componentRef(KIND[file]);
	const properties: Record<string, JsonSchema> = {
		...(pictures !== 'image' && { [pictures === 'masks' ? 'masks' : 'images']: listOf(one) }),
		...((pictures === 'image' || pictures === 'both') && { image: one }),
		...(maskField !== undefined && { mask_image: one }),
		...Object.fromEntries(extras.map((extra) => [extra, extraSchemas[extra]])),
	};
	const names = Object.keys(properties);
	const required = names.filter((name) => name !== 'mask_image');
	return { type: 'object', title, properties, required, 'x-fal-order-properties': names };
}

function fileSchema(file: FileShape): JsonSchema {
	const names = Object.keys(about).filter(
		(name) => file !== 'sizeless' || (name !== 'width' && name !== 'height'),
	);
	return {
		type: 'object',
		title: KIND[file],
		properties: Object.fromEntries(names.map((name) => [name, about[name]!])),
		required: ['url'],
		'x-fal-order-properties': names,
	};
}

/** Those that the input refers to, and what these refer to. */
function usedComponents({ input }: Model): Record<string, JsonSchema> {
	const used: Record<string, JsonSchema> = {};
	const look = (value: unknown): void => {
		for (const [, name = ''] of JSON.stringify(value).matchAll(/schemas\/(\w+)"/g)) {
			const schema = components[name];
			if (!schema || used[name]) continue;
			used[name] = { title: name, ...schema };
			look(schema);
		}
	};
	look(Object.values(input).map(({ schema }) => schema));
	return used;
}

/** "fal-ai/flux-2/edit" makes "Flux2Edit". */
function schemaName(id: string): string {
	const [, ...rest] = id.split('/');
	return rest
		.join('-')
		.split(/[^a-z\d]+/i)
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join('');
}

function titleOf(name: string): string {
	return name
		.split('_')
		.map((word) => word.charAt(0).toUpperCase() + word.slice(1))
		.join(' ');
}

const json = (schema: JsonSchema) => ({ 'application/json': { schema } });
const answers = (schema: JsonSchema) => ({
	responses: { 200: { description: 'The answer.', content: json(schema) } },
});
