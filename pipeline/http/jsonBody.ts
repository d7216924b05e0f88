// A JSON body. Numbers with more digits than JavaScript's are bigints here, which JSON.stringify doesn't take.
import { randomUUID } from 'crypto';

interface JsonBody {
	headers: Record<string, string>;
	body: Record<string, unknown> | Buffer;
}

/** As n8n's helper takes it: it writes the JSON itself, unless a bigint is in it. */
export function jsonBody(json: Record<string, unknown>): JsonBody {
	const mark = randomUUID();
	let isMarked = false;
	const text = JSON.stringify(json, function (this: Record<string, unknown>, name, value: unknown) {
		// Looked up again: n8n makes texts of bigints before they get here.
		const given = this[name];
		if (typeof given !== 'bigint') return value;
		isMarked = true;
		return `${mark}${given}`;
	});
	if (!isMarked) return { headers: {}, body: json };
	const body = Buffer.from(text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1'));
	return { headers: { 'Content-Type': 'application/json' }, body };
}
