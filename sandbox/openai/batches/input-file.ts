// Reads a batch's input file: every line a request, all of one model, each with a custom id of its own.
import { isObject, type Values } from '../fields';

const LINE_LIMIT = 50_000;

export const batchEndpoints = [
	'/v1/images/generations',
	'/v1/images/edits',
	'/v1/chat/completions',
] as const;

export type BatchEndpoint = (typeof batchEndpoints)[number];

export interface BatchLine {
	customId: string;
	body: Values;
}

export interface BatchProblem {
	code: string;
	message: string;
	line: number | null;
	param: string | null;
}

export interface BatchInput {
	lines: BatchLine[];
	model?: string;
	problems: BatchProblem[];
}

const PROBLEM_LIMIT = 50;

export function readBatchInput(bytes: Buffer, endpoint: BatchEndpoint): BatchInput {
	const texts = bytes.toString('utf8').split('\n');
	while (texts.at(-1)?.trim() === '') texts.pop();
	const input: BatchInput = { lines: [], problems: [] };
	if (texts.length === 0) {
		add(input, 'empty_file', 'The input file is empty.', null, null);
	} else if (texts.length > LINE_LIMIT) {
		const message = `The input file has ${texts.length} requests, ${LINE_LIMIT} is the limit.`;
		add(input, 'too_many_tasks', message, null, null);
	} else {
		const seen = new Set<string>();
		for (const [index, text] of texts.entries()) readLine(text, index + 1, endpoint, seen, input);
	}
	return input;
}

function readLine(
	text: string,
	number: number,
	endpoint: BatchEndpoint,
	seen: Set<string>,
	input: BatchInput,
): void {
	const line = parse(text);
	if (!isObject(line)) {
		add(input, 'invalid_json_line', 'This line is not parseable as valid JSON.', number, null);
		return;
	}
	const { custom_id: customId, method, url, body } = line;
	const refuse = (code: string, message: string, param: string) =>
		add(input, code, message, number, param);
	if (typeof customId !== 'string' || customId === '') {
		refuse('missing_required_parameter', "Missing required parameter: 'custom_id'.", 'custom_id');
	} else if (seen.has(customId)) {
		const message = `The custom_id '${customId}' is already in use by another request.`;
		refuse('duplicate_custom_id', message, 'custom_id');
	} else if (method !== 'POST') {
		refuse('invalid_method', "The method must be 'POST'.", 'method');
	} else if (url !== endpoint) {
		refuse('mismatched_url', `The url must be the batch's endpoint '${endpoint}'.`, 'url');
	} else if (!isObject(body) || typeof body.model !== 'string') {
		refuse('missing_required_parameter', "Missing required parameter: 'body.model'.", 'body.model');
	} else if (input.model !== undefined && body.model !== input.model) {
		const message = `All requests must be for the same model '${input.model}'.`;
		refuse('mismatched_model', message, 'body.model');
	} else {
		seen.add(customId);
		input.model = body.model;
		input.lines.push({ customId, body });
	}
}

function parse(text: string): unknown {
	try {
		return JSON.parse(text);
	} catch {
		return undefined;
	}
}

function add(
	{ problems }: BatchInput,
	code: string,
	message: string,
	line: number | null,
	param: string | null,
): void {
	if (problems.length < PROBLEM_LIMIT) problems.push({ code, message, line, param });
}
