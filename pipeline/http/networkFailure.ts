// Says why no answer came, and whether anything can have been sent.
import { ImageFailure } from '../../providers/failure';
import { chainOf, networkTrouble, type NetworkTrouble, type TroubleKind } from './networkTrouble';

const NOTHING_SENT = 'Nothing was sent and nothing was charged.';
const CHECK_CONNECTION = "Check this server's internet connection and try again.";

/** What to do about each. */
const ADVICE: Readonly<Record<TroubleKind, string>> = {
	unreached: "Check the Base URL in the credential and this server's internet connection.",
	untrusted:
		'Check the Base URL in the credential. If a server or a proxy of your own answers there, whoever runs this n8n names its certificate authority in NODE_EXTRA_CA_CERTS.',
	noHandshake:
		'Check the Base URL in the credential: its server must be one for https. A firewall or a proxy may also stand in the way.',
	proxy: 'Ask whoever runs this n8n to check the proxy that it is set to use.',
	blocked:
		'Check the Base URL in the credential. If it is right, ask whoever runs this n8n to allow this address.',
	unsent: 'Correct what it names, in the credential or in this node.',
	tooLong: CHECK_CONNECTION,
	brokenOff: CHECK_CONNECTION,
	notHttp:
		'Check the Base URL in the credential: whether it begins with http or https, and its port.',
	other: CHECK_CONNECTION,
};
const NEVER_SENT = new Set<TroubleKind>([
	'unreached',
	'untrusted',
	'noHandshake',
	'proxy',
	'blocked',
	'unsent',
]);
/** These last: another try at once changes nothing. */
const LASTING = new Set<TroubleKind>(['untrusted', 'blocked', 'unsent']);
const NOT_FOUND = /^(ENOTFOUND|EAI_)/;

/** Makes a failure of the error of a request that got no answer. n8n may have wrapped the original in its own. */
export function toRequestFailure(error: unknown, provider: string): ImageFailure {
	// What we have told ourselves on the way, such as of a key that can't be sent.
	const own = chainOf(error).find((each) => each instanceof ImageFailure);
	if (own) return own;
	const trouble = networkTrouble(error);
	const { kind, code } = trouble;
	const nothingSent = NEVER_SENT.has(kind);
	return new ImageFailure({
		kind: 'network',
		message: inSentence(trouble, provider),
		advice: nothingSent ? `${ADVICE[kind]} ${NOTHING_SENT}` : ADVICE[kind],
		code,
		nothingSent,
		...(LASTING.has(kind) && { shouldRetry: false }),
	});
}

/** Makes a failure of the error that ended an answer. It had begun, so that whatever it is, the work may be done. */
export function toNetworkFailure(error: unknown, provider: string): ImageFailure {
	const trouble = networkTrouble(error);
	const { kind, code, message } = trouble;
	const isOfConnection = kind === 'tooLong' || kind === 'brokenOff';
	return new ImageFailure({
		kind: 'network',
		message: isOfConnection
			? inSentence(trouble, provider)
			: `${provider}'s answer could not be taken in: ${message}.`,
		advice: isOfConnection
			? ADVICE[kind]
			: 'Check the disk and the log of this n8n, and try again.',
		code,
		nothingSent: false,
	});
}

/** What it was, in a sentence about whoever was asked. */
export function inSentence({ kind, code = '', message }: NetworkTrouble, provider: string): string {
	switch (kind) {
		case 'unreached':
			if (code === 'ECONNREFUSED') return `${provider} refused the connection.`;
			if (code === 'ERR_INVALID_URL') return `${provider}'s address isn't a web address.`;
			return NOT_FOUND.test(code)
				? `${provider} could not be found under its address.`
				: `${provider} could not be reached.`;
		case 'untrusted':
			// Behind a semicolon, Node gives advice to programmers.
			return `${provider}'s certificate isn't trusted: ${message.split(';')[0]!}.`;
		case 'noHandshake':
			return `${provider} made no secure connection.`;
		case 'proxy':
			return `${provider} could not be reached through the proxy: ${message}.`;
		case 'unsent':
			return `n8n could not send the request: ${message}.`;
		case 'tooLong':
			return `${provider} took too long to answer.`;
		case 'brokenOff':
			return `${provider} broke off the connection.`;
		case 'notHttp':
			return `${provider} answered in no form that is HTTP.`;
		case 'blocked':
			return `n8n doesn't allow requests to ${provider}'s address: ${message}.`;
		case 'other':
			return `${provider} gave no answer: ${message}.`;
	}
}
