// Every parameter of OpenAI's official client against the table in the docs: each is a field here, or there is a reason why
// not. A new version of the client with a new parameter fails here.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { INodeProperties } from 'n8n-workflow';
import ts from 'typescript';

import { create } from '../../../nodes/OpenAiImages/operations/batch/create';
import { resources } from '../../../nodes/OpenAiImages/resources';
import { findOperation } from '../../../nodes/shared/execute/operations';
import { FIELD_NAMES } from '../../../providers/fieldNames';
import { IMAGE_MODELS, modelRowOf } from '../../../providers/openai/models';

const ROOT = join(__dirname, '../../..');

/** A parameter with the values that the client names for it. */
type Parameters = Map<string, string[]>;

/** The members of an interface within a file of the client, such as `Tool.ImageGeneration`. */
function parametersOf(file: string, path: string): Parameters {
	const name = join(ROOT, 'node_modules/openai/resources', file);
	const source = ts.createSourceFile(
		name,
		readFileSync(name, 'utf8'),
		ts.ScriptTarget.Latest,
		true,
	);
	let statements: readonly ts.Statement[] = source.statements;
	const [last, ...namespaces] = path.split('.').reverse();
	for (const wanted of namespaces.reverse()) {
		statements = statements.flatMap((each) =>
			ts.isModuleDeclaration(each) && each.name.text === wanted && each.body
				? [...(each.body as ts.ModuleBlock).statements]
				: [],
		);
	}
	const found = statements.filter(
		(each): each is ts.InterfaceDeclaration =>
			ts.isInterfaceDeclaration(each) && each.name.text === last,
	);
	const members = found.flatMap(({ members: own }) => [...own]).filter(ts.isPropertySignature);
	if (members.length === 0) throw new Error(`The client has no ${path} in ${file}.`);
	return new Map(members.map((member) => [member.name.getText(source), valuesIn(member.type)]));
}

function valuesIn(type: ts.TypeNode | undefined): string[] {
	if (!type) return [];
	if (ts.isUnionTypeNode(type)) return type.types.flatMap(valuesIn);
	return ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal) ? [type.literal.text] : [];
}

/** In place of an object: what is in it. */
function inside(outer: Parameters, name: string, inner: Parameters): Parameters {
	const rest = [...outer].filter(([each]) => each !== name);
	return new Map([
		...rest,
		...[...inner].map(([each, values]) => [`${name}.${each}`, values] as const),
	]);
}

function imageParameters(name: 'ImageGenerateParams' | 'ImageEditParams'): Parameters {
	const effort = parametersOf('images.d.ts', `${name}.Svg.Reasoning`);
	const svg = inside(parametersOf('images.d.ts', `${name}.Svg`), 'reasoning', effort);
	return inside(parametersOf('images.d.ts', `${name}Base`), 'svg', svg);
}

function toolParameters(): Parameters {
	const file = 'responses/responses.d.ts';
	const effort = parametersOf(file, 'Tool.ImageGeneration.Svg.Reasoning');
	const svg = inside(parametersOf(file, 'Tool.ImageGeneration.Svg'), 'reasoning', effort);
	return inside(parametersOf(file, 'Tool.ImageGeneration'), 'svg', svg);
}

function responseParameters(): Parameters {
	const file = 'responses/responses.d.ts';
	const options = parametersOf(file, 'ResponseCreateParams.BackgroundOptions');
	return inside(parametersOf(file, 'ResponseCreateParamsBase'), 'background_options', options);
}

const REPLACED = 'OpenAI has replaced it by safety_identifier.';
const CONVERSATION = 'It goes on with an earlier conversation; a task here is one prompt.';
const TEXT_MODEL = 'It is about the words of the calling model, which only calls the tool.';
const NODE_SAYS = 'The node says it by itself.';
const CACHE = 'It is about the cache for long prompts.';

/** What is no field here, and why. */
const NOT_HERE: Record<string, Record<string, string>> = {
	generate: { user: REPLACED },
	edit: { user: REPLACED },
	tool: {
		type: NODE_SAYS,
		action: NODE_SAYS,
		partial_images: 'A background task is not streamed.',
	},
	response: {
		'background_options.continuation_id':
			'It only orders the tasks of an account among themselves.',
		access_programs: 'It is about what text models may know.',
		background: NODE_SAYS,
		context_management: CONVERSATION,
		conversation: CONVERSATION,
		image: 'It is about how closely the calling model keeps earlier pictures in mind.',
		include: TEXT_MODEL,
		instructions: TEXT_MODEL,
		max_output_tokens: TEXT_MODEL,
		max_tool_calls: NODE_SAYS,
		metadata: 'The task is found by its ID.',
		model: 'The Calling Model; the image model is in the tool.',
		moderation: TEXT_MODEL,
		parallel_tool_calls: NODE_SAYS,
		previous_response_id: CONVERSATION,
		prompt: 'It names a template that is kept at OpenAI.',
		prompt_cache_key: CACHE,
		prompt_cache_options: CACHE,
		prompt_cache_retention: CACHE,
		reasoning: TEXT_MODEL,
		service_tier: 'Other processing than the standard one has no completion windows.',
		store: 'A background task must be stored.',
		stream: 'A background task is not streamed.',
		stream_options: 'A background task is not streamed.',
		temperature: TEXT_MODEL,
		text: TEXT_MODEL,
		tool_choice: NODE_SAYS,
		tools: NODE_SAYS,
		top_logprobs: TEXT_MODEL,
		top_p: TEXT_MODEL,
		truncation: CONVERSATION,
		user: REPLACED,
	},
	batch: {
		completion_window: 'There is one window only, 24h.',
		endpoint: NODE_SAYS,
		input_file_id: NODE_SAYS,
		metadata: 'The batch is found by its ID, and its lines by theirs.',
		output_expires_after: 'Results are kept for as long as OpenAI keeps them.',
	},
};

/** Values that no model of today has. */
const RETIRED: Record<string, string[]> = { quality: ['standard', 'hd'] };

test('every model that the client names is known, but for those without a field of their own', () => {
	const name = join(ROOT, 'node_modules/openai/resources/images.d.ts');
	const [, union = ''] = /export type ImageModel = ([^;]+);/.exec(readFileSync(name, 'utf8')) ?? [];
	const models = [...union.matchAll(/'([^']+)'/g)].map(([, model]) => model!);
	expect(models).toContain('gpt-image-2.6-sunburst');
	const unknown = models.filter((model) => modelRowOf(model) === undefined);
	expect(unknown).toEqual(['dall-e-2', 'dall-e-3']);
});

interface Row {
	parameter: string;
	field: string;
	places: Record<'generate' | 'edit' | 'task' | 'batch', boolean>;
}

function docsTable(): Row[] {
	const page = readFileSync(join(ROOT, 'docs/openai-images.md'), 'utf8');
	const [, section = ''] = page.split("## OpenAI's parameters\n");
	const lines = section
		.split('\n## ')[0]!
		.split('\n')
		.filter((line) => line.startsWith('| `'));
	return lines.map((line) => {
		const cells = line.split('|').map((cell) => cell.trim());
		const [, parameter = '', field = '', ...marks] = cells;
		const [generateMark, editMark, taskMark, batchMark] = marks.map((mark) => mark === '✓');
		return {
			parameter: parameter.replaceAll('`', ''),
			field,
			places: {
				generate: generateMark === true,
				edit: editMark === true,
				task: taskMark === true,
				batch: batchMark === true,
			},
		};
	});
}

const TABLE = docsTable();
const rowsFor = (place: keyof Row['places']) => TABLE.filter(({ places }) => places[place]);
const namesFor = (place: keyof Row['places']) => rowsFor(place).map(({ parameter }) => parameter);

const CLIENT: Record<string, Parameters> = {
	generate: imageParameters('ImageGenerateParams'),
	edit: imageParameters('ImageEditParams'),
	tool: toolParameters(),
	response: responseParameters(),
	batch: parametersOf('batches.d.ts', 'BatchCreateParams'),
};

const reasonsOf = (place: string) => Object.keys(NOT_HERE[place]!);

test.each(['generate', 'edit'] as const)(
	'every parameter of %s is in the table or has a reason',
	(place) => {
		const known = [...namesFor(place), ...reasonsOf(place)];
		expect(known.sort()).toEqual([...CLIENT[place]!.keys()].sort());
	},
);

test('every parameter of a background task is in the table or has a reason', () => {
	const inClient = [...CLIENT.tool!.keys(), ...CLIENT.response!.keys()];
	const known = [...namesFor('task'), ...reasonsOf('tool'), ...reasonsOf('response')];
	expect([...new Set(known)].sort()).toEqual([...new Set(inClient)].sort());
	// The same name may stand for two things.
	const left = (place: 'tool' | 'response', own: string[]) =>
		[...CLIENT[place]!.keys()].filter(
			(name) => !own.includes(name) && !reasonsOf(place).includes(name),
		);
	expect(left('tool', namesFor('task'))).toEqual([]);
	expect(left('response', namesFor('task'))).toEqual([]);
});

test('every parameter of a batch has a reason, and those of its lines are those of the client', () => {
	expect(reasonsOf('batch').sort()).toEqual([...CLIENT.batch!.keys()].sort());
	const ofLines = new Set([...CLIENT.generate!.keys(), ...CLIENT.edit!.keys()]);
	expect(namesFor('batch').filter((name) => !ofLines.has(name))).toEqual([]);
});

const [generate, edit] = ['generate', 'edit'].map(
	(name) => findOperation(resources, 'image', name)!,
);
const OPERATIONS = { generate: generate!, edit: edit!, task: edit!, batch: create };

/** The fields and options of an operation by what they are called. */
function fieldsOf(place: keyof Row['places']): Map<string, INodeProperties[]> {
	const { fields } = OPERATIONS[place];
	const options = fields.find(({ name }) => name === 'options')?.options as INodeProperties[];
	const byName = new Map<string, INodeProperties[]>();
	for (const field of [...fields, ...options]) {
		byName.set(field.displayName, [...(byName.get(field.displayName) ?? []), field]);
	}
	return byName;
}

/** What other providers call it. */
const OF_OTHERS: Record<string, string> = {
	aspect_ratio: 'Size',
	callback_url: 'Callback URL',
	image_urls: 'Input Images',
	input_images: 'Input Images',
	mask_url: 'Mask',
	resolution: 'Resolution',
};

describe('messages call a setting by the name of its field', () => {
	const rows = new Map(TABLE.map(({ parameter, field }) => [parameter, field]));
	test.each(Object.entries(FIELD_NAMES))('%s is %s', (parameter, field) => {
		expect(rows.get(parameter) ?? OF_OTHERS[parameter]).toBe(field);
	});

	test('each that a check may speak of has one', () => {
		const checked = IMAGE_MODELS.flatMap(({ limits }) => [
			...(limits.extras ?? []),
			...Object.keys(limits.extraValues ?? {}),
			...Object.keys(limits.extraUses ?? {}),
			...Object.keys(limits.extraFormats ?? {}),
			...Object.values(limits.formatLimits ?? {}).flatMap(({ extras = [] }) => extras),
		]);
		// No field is called user.
		const names = new Set(checked.filter((name) => name !== 'user'));
		const known = Object.keys(FIELD_NAMES).map((name) => name.split('.')[0]);
		expect([...names].filter((name) => !known.includes(name))).toEqual([]);
	});
});

/** Where values are many or free, or named by the node in its own way. */
const FREE = new Set(['model', 'size', 'svg.model', 'input', 'response_format']);

describe.each(['generate', 'edit', 'task', 'batch'] as const)(
	'what the table says of %s',
	(place) => {
		const fields = fieldsOf(place);
		test.each(rowsFor(place).map(({ parameter, field }) => [parameter, field]))(
			'%s is the field %s, with all its values',
			(parameter, field) => {
				expect([...fields.keys()]).toContain(field);
				if (FREE.has(parameter)) return;
				const clients = Object.values(CLIENT).flatMap((each) => each.get(parameter) ?? []);
				const offered = fields
					.get(field)!
					.flatMap(({ options = [] }) =>
						options.map((each) => ('value' in each ? each.value : '')),
					);
				const missing = clients.filter(
					(value) =>
						!offered.includes(value) &&
						!(value === 'auto' && offered.includes('')) &&
						!RETIRED[parameter]?.includes(value),
				);
				expect(missing).toEqual([]);
			},
		);
	},
);
