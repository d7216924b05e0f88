// Runs one line of a batch as its endpoint would answer it, at half the price.
import type { Lifetime } from '../../lifetime';
import { type Account, checkQuota } from '../accounts/accounts';
import { complete } from '../chat/completion';
import { readChatRequest } from '../chat/request';
import { directivesOf } from '../endpoint';
import { OpenAIError } from '../errors';
import type { ApiFiles } from '../files/api-files';
import { Fields, type Values } from '../fields';
import { readEdit, readGeneration, readJsonMaterial, runImageCall } from '../images/image-calls';
import type { ImageLinks } from '../images/links';
import type { BatchEndpoint } from './input-file';

const BATCH_PRICE_SHARE = 0.5;

export interface LineParts {
	lifetime: Lifetime;
	files: ApiFiles;
	links: ImageLinks;
}

export interface LineAnswer {
	status: number;
	body: Values;
}

/** Never throws: a refusal is the line's answer. */
export async function runLine(
	endpoint: BatchEndpoint,
	body: Values,
	account: Account,
	parts: LineParts,
): Promise<LineAnswer> {
	try {
		return { status: 200, body: await answer(endpoint, new Fields(body), account, parts) };
	} catch (error) {
		const refusal = error instanceof OpenAIError ? error : new OpenAIError(500);
		return { status: refusal.status, body: { error: refusal.json() } };
	}
}

async function answer(
	endpoint: BatchEndpoint,
	fields: Fields,
	account: Account,
	{ lifetime, files, links }: LineParts,
): Promise<Values> {
	checkQuota(account);
	if (endpoint === '/v1/chat/completions') {
		const request = readChatRequest(fields, account);
		if (request.stream) throw noStream();
		const { body, dollars } = await complete(request, lifetime);
		const charged = dollars * BATCH_PRICE_SHARE;
		account.purse.charge({ what: 'batch', model: request.model, images: 0, dollars: charged });
		return body;
	}
	const reader = { lifetime, files, key: account.key };
	const isEdit = endpoint === '/v1/images/edits';
	const job = isEdit
		? readEdit(fields, account, await readJsonMaterial(fields, reader))
		: readGeneration(fields, account);
	if (job.stream) throw noStream();
	const { body } = await runImageCall({
		job,
		account,
		faults: directivesOf(job.prompt).faults,
		links,
		route: isEdit ? 'edits' : 'generations',
		priceShare: BATCH_PRICE_SHARE,
	});
	return body;
}

function noStream(): OpenAIError {
	return new OpenAIError(400, 'A batch does not stream.', { param: 'stream' });
}
