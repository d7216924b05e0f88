// Signs webhooks with Ed25519, and publishes the keys that they are checked with.
import { createHash, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export interface SignedParts {
	requestId: string;
	userId: string;
	/** Unix time in seconds. */
	timestamp: number;
	/** The body to the byte. */
	body: string;
}

export interface Jwks {
	keys: Array<Record<string, unknown>>;
}

/** The message: four lines, the last of them the digest of the body. */
function messageOf({ requestId, userId, timestamp, body }: SignedParts): Buffer {
	const digest = createHash('sha256').update(body, 'utf8').digest('hex');
	return Buffer.from([requestId, userId, timestamp, digest].join('\n'), 'utf8');
}

export function signatureOf(privateKey: KeyObject, parts: SignedParts): string {
	return sign(null, messageOf(parts), privateKey).toString('hex');
}

export class SigningKeys {
	/** The oldest first; the newest signs. */
	private pairs = [generateKeyPairSync('ed25519')];

	get current(): KeyObject {
		return this.pairs.at(-1)!.privateKey;
	}

	/** The old ones stay published, unless they are to be forgotten. */
	rotate({ forget = false }: { forget?: boolean } = {}): void {
		const fresh = generateKeyPairSync('ed25519');
		this.pairs = forget ? [fresh] : [...this.pairs, fresh];
	}

	jwks(): Jwks {
		return {
			keys: this.pairs.map(({ publicKey }) => ({
				...publicKey.export({ format: 'jwk' }),
				use: 'sig',
				alg: 'EdDSA',
			})),
		};
	}
}
