// Tells apart why no answer came, by the errors of Node, of n8n's HTTP helper and of what stands between them.

/** What it was. The first ones came before the request could leave. */
export type TroubleKind =
	| 'unreached'
	| 'untrusted'
	| 'noHandshake'
	| 'proxy'
	| 'blocked'
	| 'unsent'
	| 'tooLong'
	| 'brokenOff'
	| 'notHttp'
	| 'other';

export interface NetworkTrouble {
	kind: TroubleKind;
	code?: string;
	/** What the error itself says. */
	message: string;
}

/** No connection was made. */
const UNREACHED =
	/^(ECONNREFUSED|ENOTFOUND|EAI_[A-Z]+|E(HOST|NET)(UNREACH|DOWN)|EADDRNOTAVAIL|ERR_INVALID_URL|ERR_SOCKET_CONNECTION_TIMEOUT|UND_ERR_CONNECT_TIMEOUT)$/;
const TIMED_OUT =
	/^(ECONNABORTED|E(SOCKET)?TIMEDOUT|ERR_CANCELED|ABORT_ERR|UND_ERR_(HEADERS|BODY)_TIMEOUT)$/;
const BROKEN_OFF =
	/^(ECONNRESET|EPIPE|ENOTCONN|ESHUTDOWN|EPROTO|ENET(DOWN|UNREACH)|EHOST(DOWN|UNREACH)|ERR_STREAM_\w+|ERR_SSL_[\w/]+|ERR_BAD_RESPONSE|ERR_NETWORK|UND_ERR_SOCKET|Z_\w+)$/;
/** Node's parser of HTTP. */
const NOT_HTTP = /^HPE_/;
/** What Node or the HTTP helper don't take from us, and files that aren't there. */
const UNSENT =
	/^(ERR_INVALID_\w+|ERR_HTTP_INVALID_\w+|ERR_UNESCAPED_CHARACTERS|ERR_OUT_OF_RANGE|ERR_BAD_(OPTION\w*|REQUEST)|ERR_NOT_SUPPORT|ERR_OSSL_\w+|ENOENT|EISDIR|ENOTDIR)$/;

/** A certificate is looked at before anything is sent. These are OpenSSL's words for what is wrong, and Node's own. */
const UNTRUSTED =
	/^(CERT_|UNABLE_TO_|(DEPTH_ZERO_)?SELF_SIGNED_CERT|INVALID_(CA|PURPOSE)$|PATH_LENGTH_EXCEEDED$|HOSTNAME_MISMATCH$|ERR_TLS_CERT_)/;
/** The server speaks no TLS, or none that we do. Other codes are those of a connection that breaks later too. */
const HANDSHAKE =
	'wrong version number|packet length too long|http request|handshake failure|protocol version|unsupported protocol|no protocols available|version too low|no ciphers available|no shared cipher|unrecognized name|unknown ca|certificate required|key too small|md too weak|insufficient security|legacy renegotiation disabled';
const NO_HANDSHAKE_MESSAGE = new RegExp(
	`before secure TLS connection was established|SSL routines:.*(${HANDSHAKE})`,
	'i',
);
const NO_HANDSHAKE_CODE = new RegExp(
	`^(ERR_SSL_([\\w/]+_)?(${HANDSHAKE.replaceAll(' ', '_')})|ERR_TLS_(HANDSHAKE_TIMEOUT|INVALID_PROTOCOL\\w*|PROTOCOL_VERSION\\w*|DH_PARAM\\w*))$`,
	'i',
);
/** It goes over a text again from each of its places. What OpenSSL says is much shorter. */
const LOOKED_AT_CHARACTERS = 1000;
/** A proxy that doesn't lead on. It answers for itself otherwise, as a server would. */
const PROXY_CODE = /^ERR_PROXY_/;
const PROXY_MESSAGE = /^Proxy connection ended|tunneling socket could not be established/i;

/** n8n's guard against requests into the network around it. */
const BLOCKED = new Set(['SsrfBlockedIpError', 'SsrfBlockedHostnameError']);
/** Errors of code. */
const OF_CODE = new Set(['RangeError', 'ReferenceError', 'SyntaxError', 'TypeError']);
/** n8n's errors for what is wrong with a node, a credential, an address or its own database: all before a request leaves. */
const OF_N8N = new Set([
	'ApplicationError',
	'ExpressionError',
	'NodeOperationError',
	'TypeORMError',
	'UnexpectedError',
	'UserError',
	'WorkflowOperationError',
]);
/** But these are how some clients tell of a connection. */
const OF_CONNECTION = /\baborted\b|socket hang up|^terminated$|^fetch failed$|premature close/i;

/** Looks at the error and at those that it wraps. */
export function networkTrouble(error: unknown): NetworkTrouble {
	const chain = chainOf(error);
	const code = textsOf(chain, 'code')[0];
	const messages = textsOf(chain, 'message');
	const message = messages.at(-1)?.trim().replace(/\.$/, '') ?? '';
	return { kind: kindOf(chain, code, messages), code, message };
}

function kindOf(chain: ErrorFacts[], code: string | undefined, messages: string[]): TroubleKind {
	if (chain.some(({ name }) => BLOCKED.has(String(name)))) return 'blocked';
	if (messages.some((each) => NO_HANDSHAKE_MESSAGE.test(beginningOf(each)))) return 'noHandshake';
	if (messages.some((each) => PROXY_MESSAGE.test(each))) return 'proxy';
	const wasAnswered = chain.some(({ response }) => typeof response === 'object' && response);
	const isOfN8n = chain.some(isOf(OF_N8N));
	if (code === undefined) {
		if (messages.every((each) => each === '')) return 'brokenOff';
		if (messages.some((each) => OF_CONNECTION.test(each))) return 'brokenOff';
		return !wasAnswered && (isOfN8n || chain.some(isOf(OF_CODE))) ? 'unsent' : 'other';
	}
	if (NO_HANDSHAKE_CODE.test(code)) return 'noHandshake';
	if (UNTRUSTED.test(code)) return 'untrusted';
	if (PROXY_CODE.test(code)) return 'proxy';
	const calls = textsOf(chain, 'syscall');
	if (calls.includes('connect')) return 'unreached';
	if (UNREACHED.test(code) && !calls.includes('read') && !calls.includes('write')) {
		return 'unreached';
	}
	if (TIMED_OUT.test(code)) return 'tooLong';
	if (BROKEN_OFF.test(code)) return 'brokenOff';
	if (NOT_HTTP.test(code)) return 'notHttp';
	return !wasAnswered && (isOfN8n || UNSENT.test(code)) ? 'unsent' : 'other';
}

function beginningOf(message: string): string {
	return message.slice(0, LOOKED_AT_CHARACTERS);
}

type ErrorFacts = Partial<
	Record<'name' | 'code' | 'message' | 'syscall' | 'response' | 'cause' | 'errors', unknown>
>;

/** The error and its causes, from the outside in. Of several tries to connect, the first stands for all. */
export function chainOf(error: unknown): ErrorFacts[] {
	const chain: ErrorFacts[] = [];
	for (let each = error; chain.length < 6 && typeof each === 'object' && each !== null; ) {
		const facts: ErrorFacts = each;
		chain.push(facts);
		each = facts.cause ?? (Array.isArray(facts.errors) ? facts.errors[0] : undefined);
	}
	return chain;
}

function textsOf(chain: ErrorFacts[], name: 'code' | 'message' | 'syscall'): string[] {
	return chain.map((each) => each[name]).filter((each) => typeof each === 'string');
}

/** n8n's classes may be other copies than ours, and don't tell their names. */
function isOf(names: ReadonlySet<string>): (facts: ErrorFacts) => boolean {
	return (facts) => {
		for (let each: unknown = facts; typeof each === 'object' && each !== null; ) {
			if (names.has(each.constructor.name)) return true;
			each = Object.getPrototypeOf(each);
		}
		return false;
	};
}
