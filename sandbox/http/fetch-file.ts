// Fetches a file that a caller named by URL, as a provider does with reference images: bounded in size and time.
import { fetch } from 'undici';
import type { Lifetime } from '../lifetime';

const TIME_LIMIT_MS = 20_000;

export type FetchedFile =
	| { ok: true; bytes: Buffer; contentType: string | null }
	| { ok: false; reason: 'unreachable' | 'too large'; detail: string };

export async function fetchFile(
	url: string,
	maxBytes: number,
	lifetime: Lifetime,
): Promise<FetchedFile> {
	if (!/^https?:\/\//i.test(url) || !URL.canParse(url)) {
		return { ok: false, reason: 'unreachable', detail: 'it is no http(s) URL' };
	}
	try {
		const response = await fetch(url, {
			dispatcher: lifetime.agent,
			headers: { 'user-agent': 'provider-sandbox' },
			signal: AbortSignal.any([lifetime.signal, AbortSignal.timeout(TIME_LIMIT_MS)]),
		});
		if (!response.ok) {
			await response.body?.cancel();
			return { ok: false, reason: 'unreachable', detail: `it answered ${response.status}` };
		}
		const chunks: Uint8Array[] = [];
		let size = 0;
		for await (const chunk of response.body ?? []) {
			chunks.push(chunk);
			size += chunk.length;
			if (size > maxBytes)
				return { ok: false, reason: 'too large', detail: `over ${maxBytes} bytes` };
		}
		return {
			ok: true,
			bytes: Buffer.concat(chunks),
			contentType: response.headers.get('content-type'),
		};
	} catch (error) {
		const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
		const detail = cause instanceof Error ? cause.message : String(cause);
		return { ok: false, reason: 'unreachable', detail: detail || 'the connection failed' };
	}
}
