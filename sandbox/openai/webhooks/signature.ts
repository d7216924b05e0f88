// Signs webhooks as Standard Webhooks says: HMAC-SHA256 over "id.timestamp.body", key in base64 after whsec_.
import { createHmac, randomBytes } from 'node:crypto';

const PREFIX = 'whsec_';

export function newSecret(): string {
	return `${PREFIX}${randomBytes(32).toString('base64')}`;
}

/** `timestamp` is Unix time in seconds. */
export function signatureOf(secret: string, id: string, timestamp: number, body: string): string {
	const key = Buffer.from(secret.slice(PREFIX.length), 'base64');
	const hmac = createHmac('sha256', key).update(`${id}.${timestamp}.${body}`);
	return `v1,${hmac.digest('base64')}`;
}
