// A create that may have been done is sent again in the very same words, where its key then finds the task: prompts with
// a time in them and files that were uploaded anew would make it another one.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageRequest, InputImage } from '../../providers/contract';
import type { Connection } from '../connection';
import { isInDoubt } from './keptCreates';
import type { CreateState } from './nodeMemory';

/** Providers keep uploaded files for a few days. After this time they are uploaded anew, unless something may be done with them. */
const UPLOADS_LAST_MILLISECONDS = 24 * 60 * 60 * 1000;

/** As much of the request as the provider is told. Undefined where it doesn't know a request again. */
export function rememberedRequest(
	{ provider }: Connection<IExecuteFunctions>,
	request: ImageRequest,
): ImageRequest | undefined {
	if (!provider.honoursKeys) return undefined;
	const { references, mask, markup } = request;
	return {
		...request,
		callbackUrl: undefined,
		references: references.map(asSent),
		mask: mask && asSent(mask),
		markup: markup && asSent(markup),
	};
}

/** What an earlier try has sent or prepared. The callback address has tokens in it, and isn't kept. */
export function requestOf(
	kept: CreateState | undefined,
	own: ImageRequest,
	now: number,
): ImageRequest | undefined {
	if (kept?.state !== 'sent' && kept?.state !== 'prepared') return undefined;
	const isOver = kept.state === 'prepared' && now - kept.at > UPLOADS_LAST_MILLISECONDS;
	if (isOver && !isInDoubt(kept)) return undefined;
	const { callbackUrl, orderReference } = own;
	return kept.request && { ...kept.request, callbackUrl, orderReference };
}

/** Without the file, which is sent already. */
function asSent({ label, facts, url, fileId }: InputImage): InputImage {
	return { label, facts, url, fileId };
}
