// Reads the input of a response: texts, pictures, and the results of earlier image calls.
import { invalid } from '../errors';
import { Fields, isObject } from '../fields';
import { type PictureReader, readReference } from '../pictures';

export interface ResponseInput {
	texts: string[];
	/** The last thing that the user says. */
	lastUserText: string;
	pictures: Array<{ bytes: Buffer; param: string; detail: 'auto' | 'low' | 'high' }>;
}

/** What this key has had made before. */
export interface EarlierResponses {
	/** The picture of an image_generation_call. */
	pictureOfCall(callId: string): Buffer | undefined;
	/** The pictures of a response, none where it drew nothing. Undefined: there is no such response. */
	picturesOf(responseId: string): Promise<Buffer[] | undefined>;
}

const roles = ['user', 'assistant', 'system', 'developer'] as const;
const partTypes = ['input_text', 'input_image', 'output_text'] as const;

export async function readInput(
	fields: Fields,
	reader: PictureReader,
	earlier: EarlierResponses,
): Promise<ResponseInput> {
	const given = fields.value('input');
	if (given === undefined) throw fields.missing('input');
	const pictures = await goOn(fields, earlier);
	if (typeof given === 'string') return { texts: [given], lastUserText: given, pictures };
	const items = fields.list('input') ?? [];
	const input: ResponseInput = { texts: [], lastUserText: '', pictures };
	for (const [index, item] of items.entries()) {
		const place = `input[${index}]`;
		if (!isObject(item)) {
			throw invalid(`Invalid type for '${place}': expected an object.`, 'invalid_type', place);
		}
		if (item.type === 'image_generation_call') {
			addResult(new Fields(item, false, place), place, earlier, input);
		} else {
			await addMessage(new Fields(item, false, place), place, reader, input);
		}
	}
	return input;
}

/** What a response that is gone on from has drawn. */
async function goOn(fields: Fields, earlier: EarlierResponses): Promise<ResponseInput['pictures']> {
	const param = 'previous_response_id';
	const id = fields.text(param);
	if (id === undefined) return [];
	const drawn = await earlier.picturesOf(id);
	if (drawn) return drawn.map((bytes) => ({ bytes, param, detail: 'auto' }));
	throw invalid(
		`Previous response with id '${id}' not found.`,
		'previous_response_not_found',
		param,
	);
}

function addResult(
	item: Fields,
	place: string,
	earlier: EarlierResponses,
	input: ResponseInput,
): void {
	const id = item.required('id');
	const bytes = earlier.pictureOfCall(id);
	if (!bytes) throw invalid(`Item with id '${id}' not found.`, 'invalid_value', `${place}.id`);
	input.pictures.push({ bytes, param: place, detail: 'auto' });
}

async function addMessage(
	item: Fields,
	place: string,
	reader: PictureReader,
	input: ResponseInput,
): Promise<void> {
	item.choice('type', ['message']);
	const role = item.choice('role', roles);
	if (role === undefined) throw item.missing('role');
	const content = item.value('content');
	if (content === undefined) throw item.missing('content');
	const parts = typeof content === 'string' ? [{ type: 'input_text', text: content }] : content;
	const texts: string[] = [];
	for (const [index, given] of (Array.isArray(parts) ? parts : []).entries()) {
		const param = `${place}.content[${index}]`;
		const part = new Fields(isObject(given) ? given : {}, false, param);
		const type = part.choice('type', partTypes);
		if (type === undefined) throw part.missing('type');
		if (type !== 'input_image') {
			texts.push(part.text('text') ?? '');
			continue;
		}
		const detail = part.choice('detail', ['auto', 'low', 'high']) ?? 'auto';
		input.pictures.push({ bytes: await readReference(given, param, reader), param, detail });
	}
	input.texts.push(...texts);
	if (role === 'user') input.lastUserText = texts.join('\n');
}
