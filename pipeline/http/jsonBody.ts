// A JSON body. Numbers with more digits than JavaScript's are bigints here, which JSON.stringify doesn't take.
import { randomUUID } from 'crypto';

interface JsonBody {
	headers: Record<string, string>;
	body: Record<string, unknown> | Buffer;
}

/** As n8n's helper takes it: it writes the JSON itself, unless a bigint is in it. */
export function jsonBody(json: Record<string, unknown>): JsonBody {
	// Looked for first: a body that holds pictures is hundreds of megabytes long, and written once is enough.
	if (!holdsBigint(json)) return { headers: {}, body: json };
	const mark = randomUUID();
	const text = JSON.stringify(json, function (this: Record<string, unknown>, name, value: unknown) {
		// Looked up again: n8n makes texts of bigints before they get here.
		const given = this[name];
		return typeof given === 'bigint' ? `${mark}${given}` : value;
	});
	const body = Buffer.from(text.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1'));
	return { headers: { 'Content-Type': 'application/json' }, body };
}

function holdsBigint(value: unknown): boolean {
	if (typeof value === 'bigint') return true;
	return typeof value === 'object' && value !== null && Object.values(value).some(holdsBigint);
}
