// Tells apart why no answer came, from the error that n8n's HTTP helper throws.
import { ImageFailure } from '../../providers/failure';

const NOTHING_SENT = 'Nothing was sent and nothing was charged.';

/** Codes that mean the request never left, so nothing can have been made or charged. */
const NEVER_SENT = new Set([
	'ECONNREFUSED',
	'ENOTFOUND',
	'EAI_AGAIN',
	'EHOSTUNREACH',
	'ENETUNREACH',
	'ERR_INVALID_URL',
]);
const TIMED_OUT = new Set(['ECONNABORTED', 'ETIMEDOUT', 'ESOCKETTIMEDOUT']);

/** A certificate is looked at before anything is sent. These are OpenSSL's words for what is wrong, and Node's own. */
const UNTRUSTED =
	/^(CERT_|UNABLE_TO_|(DEPTH_ZERO_)?SELF_SIGNED_CERT|INVALID_(CA|PURPOSE)$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$|ERR_TLS_CERT_)/;
/** The server speaks no TLS, or none that we do. Codes don't tell: they are those of a connection that breaks later too. */
const NO_HANDSHAKE =
	/before secure TLS connection was established|SSL routines:.*(wrong version number|packet length too long|alert handshake failure|protocol version|unsupported protocol)/i;
/** n8n's guard against requests into the network around it. */
const BLOCKED = new Set(['SsrfBlockedIpError', 'SsrfBlockedHostnameError']);

/** Why no answer came. */
export interface NetworkTrouble {
	kind: 'unreached' | 'untrusted' | 'noHandshake' | 'blocked' | 'tooLong' | 'brokenOff' | 'other';
	code?: string;
	/** What the error itself says. */
	message: string;
}

/** Makes a failure of an error without an answer. n8n may have wrapped the original in its own error. */
export function toNetworkFailure(error: unknown, provider: string): ImageFailure {
	const trouble = networkTrouble(error);
	const { kind, code } = trouble;
	const nothingSent = ['unreached', 'untrusted', 'noHandshake', 'blocked'].includes(kind);
	return new ImageFailure({
		kind: 'network',
		message: `${provider}${reasonOf(trouble)}.`,
		advice: nothingSent ? `${ADVICE[kind]} ${NOTHING_SENT}` : ADVICE[kind],
		code,
		nothingSent,
		// These last: another try at once changes nothing.
		...(kind === 'untrusted' || kind === 'blocked' ? { shouldRetry: false } : {}),
	});
}

const CHECK_CONNECTION = "Check this server's internet connection and try again.";
const ADVICE: Readonly<Record<NetworkTrouble['kind'], string>> = {
	unreached: "Check the Base URL in the credential and this server's internet connection.",
	untrusted:
		'Check the Base URL in the credential. If a server or a proxy of your own answers there, whoever runs this n8n names its certificate authority in NODE_EXTRA_CA_CERTS.',
	noHandshake:
		'Check the Base URL in the credential: its server must be one for https. A firewall or a proxy may also stand in the way.',
	blocked:
		'Check the Base URL in the credential. If it is right, ask whoever runs this n8n to allow this address.',
	tooLong: CHECK_CONNECTION,
	brokenOff: CHECK_CONNECTION,
	other: CHECK_CONNECTION,
};

function reasonOf({ kind, code, message }: NetworkTrouble): string {
	if (code === 'ECONNREFUSED') return ' refused the connection';
	if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return ' could not be found under its address';
	if (kind === 'unreached') return ' could not be reached';
	if (kind === 'tooLong') return ' took too long to answer';
	// Behind a semicolon, Node gives advice to programmers.
	if (kind === 'untrusted') return `'s certificate isn't trusted: ${message.split(';')[0]!}`;
	if (kind === 'noHandshake') return ' made no secure connection';
	if (kind === 'blocked' || kind === 'other') return ` gave no answer: ${message}`;
	return ' broke off the connection';
}

/** Looks at the error and at those that it wraps. */
export function networkTrouble(error: unknown): NetworkTrouble {
	const chain = chainOf(error);
	const code = chain.map((each) => each.code).find((each) => typeof each === 'string');
	const messages = chain.map(({ message }) => message).filter((each) => typeof each === 'string');
	const message = messages.at(-1)?.trim().replace(/\.$/, '') ?? '';
	const trouble = (kind: NetworkTrouble['kind']) => ({ kind, code, message });
	if (chain.some(({ name }) => BLOCKED.has(String(name)))) return trouble('blocked');
	if (messages.some((each) => NO_HANDSHAKE.test(each))) return trouble('noHandshake');
	if (code === undefined) return trouble(message === '' ? 'brokenOff' : 'other');
	if (UNTRUSTED.test(code)) return trouble('untrusted');
	if (NEVER_SENT.has(code)) return trouble('unreached');
	return trouble(TIMED_OUT.has(code) ? 'tooLong' : 'brokenOff');
}

type ErrorFacts = Partial<Record<'name' | 'code' | 'message' | 'cause', unknown>>;

/** The error and its causes, from the outside in. */
function chainOf(error: unknown): ErrorFacts[] {
	const chain: ErrorFacts[] = [];
	for (let each = error; chain.length < 4 && typeof each === 'object' && each !== null; ) {
		chain.push(each);
		each = (each as ErrorFacts).cause;
	}
	return chain;
}
