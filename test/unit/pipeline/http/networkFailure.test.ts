// Why no answer came: said plainly, and above all whether anything can have been charged.
import {
	ExpressionError,
	NodeApiError,
	NodeOperationError,
	OperationalError,
	UnexpectedError,
	UserError,
	type INode,
	type JsonObject,
} from 'n8n-workflow';

import { toNetworkFailure, toRequestFailure } from '../../../../pipeline/http/networkFailure';
import { badInput } from '../../../../providers/failure';

/** As n8n's database layer names its own. */
class TypeORMError extends Error {}

const errorWith = (code: unknown, cause?: unknown) =>
	Object.assign(new Error('It broke.', { cause }), { code });

const NODE: INode = {
	id: '1',
	name: 'EvoLink',
	type: 'evoLink',
	typeVersion: 1,
	position: [0, 0],
	parameters: {},
};

/** As n8n does it, with words of its own. */
const wrapped = (error: Error) => {
	const shown = new NodeApiError(NODE, error as unknown as JsonObject);
	shown.message = 'The service failed to process your request';
	return shown;
};

/** As axios does it, before n8n does. */
const byAxios = (error: Error) =>
	wrapped(
		Object.assign(new Error(error.message, { cause: error }), {
			name: error.name,
			code: (error as { code?: string }).code,
		}),
	);

const NOTHING_SENT =
	"Check the Base URL in the credential and this server's internet connection. Nothing was sent and nothing was charged.";
const MAYBE_SENT = "Check this server's internet connection and try again.";
const NONE = 'Nothing was sent and nothing was charged.';
const UNTRUSTED = `Check the Base URL in the credential. If a server or a proxy of your own answers there, whoever runs this n8n names its certificate authority in NODE_EXTRA_CA_CERTS. ${NONE}`;
const NO_HANDSHAKE = `Check the Base URL in the credential: its server must be one for https. A firewall or a proxy may also stand in the way. ${NONE}`;
const PROXY = `Ask whoever runs this n8n to check the proxy that it is set to use. ${NONE}`;
const BLOCKED = `Check the Base URL in the credential. If it is right, ask whoever runs this n8n to allow this address. ${NONE}`;
const UNSENT = `Correct what it names, in the credential or in this node. ${NONE}`;
const NOT_HTTP =
	'Check the Base URL in the credential: whether it begins with http or https, and its port.';

test.each<[string, string, boolean]>([
	['EAI_FAIL', 'EvoLink could not be found under its address.', true],
	['EHOSTDOWN', 'EvoLink could not be reached.', true],
	['ENETDOWN', 'EvoLink could not be reached.', true],
	['EADDRNOTAVAIL', 'EvoLink could not be reached.', true],
	['ERR_SOCKET_CONNECTION_TIMEOUT', 'EvoLink could not be reached.', true],
	['UND_ERR_CONNECT_TIMEOUT', 'EvoLink could not be reached.', true],
	['ECONNREFUSED', 'EvoLink refused the connection.', true],
	['ENOTFOUND', 'EvoLink could not be found under its address.', true],
	['EAI_AGAIN', 'EvoLink could not be found under its address.', true],
	['EHOSTUNREACH', 'EvoLink could not be reached.', true],
	['ENETUNREACH', 'EvoLink could not be reached.', true],
	['ERR_INVALID_URL', "EvoLink's address isn't a web address.", true],
	['ETIMEDOUT', 'EvoLink took too long to answer.', false],
	['ECONNABORTED', 'EvoLink took too long to answer.', false],
	['ESOCKETTIMEDOUT', 'EvoLink took too long to answer.', false],
	['ERR_CANCELED', 'EvoLink took too long to answer.', false],
	['UND_ERR_HEADERS_TIMEOUT', 'EvoLink took too long to answer.', false],
	['UND_ERR_BODY_TIMEOUT', 'EvoLink took too long to answer.', false],
	['ABORT_ERR', 'EvoLink took too long to answer.', false],
	['ECONNRESET', 'EvoLink broke off the connection.', false],
	['EPIPE', 'EvoLink broke off the connection.', false],
	['EPROTO', 'EvoLink broke off the connection.', false],
	['ERR_STREAM_PREMATURE_CLOSE', 'EvoLink broke off the connection.', false],
	['UND_ERR_SOCKET', 'EvoLink broke off the connection.', false],
	['ENOTCONN', 'EvoLink broke off the connection.', false],
	['ESHUTDOWN', 'EvoLink broke off the connection.', false],
	['ERR_BAD_RESPONSE', 'EvoLink broke off the connection.', false],
	['ERR_NETWORK', 'EvoLink broke off the connection.', false],
	['ERR_SSL_BAD/RECORD_MAC', 'EvoLink broke off the connection.', false],
	['Z_BUF_ERROR', 'EvoLink broke off the connection.', false],
	['EWHATEVER', 'EvoLink gave no answer: It broke.', false],
])('%s means: %s', (code, message, nothingSent) => {
	expect(toRequestFailure(errorWith(code), 'EvoLink').details).toEqual({
		kind: 'network',
		message,
		advice: nothingSent ? NOTHING_SENT : MAYBE_SENT,
		code,
		nothingSent,
	});
});

describe('a code that only holds another one says nothing for sure', () => {
	test.each([
		...[
			'ECONNREFUSED',
			'ENOTFOUND',
			'ETIMEDOUT',
			'ECONNRESET',
			'ENOENT',
			'CERT_HAS_EXPIRED',
			'ERR_SSL_NO_SHARED_CIPHER',
			'ERR_PROXY_TUNNEL',
			'HPE_INVALID_CONSTANT',
		].map((code) => `MY_${code}`),
		...[
			'ECONNREFUSED',
			'EAI_AGAIN',
			'ETIMEDOUT',
			'ECONNRESET',
			'ENOENT',
			'INVALID_CA',
			'PATH_LENGTH_EXCEEDED',
			'HOSTNAME_MISMATCH',
			'ERR_TLS_HANDSHAKE_TIMEOUT',
		].map((code) => `${code}_2`),
	])('%s', (code) => {
		expect(toRequestFailure(errorWith(code), 'EvoLink').details).toEqual({
			kind: 'network',
			message: 'EvoLink gave no answer: It broke.',
			advice: MAYBE_SENT,
			code,
			nothingSent: false,
		});
	});
});

describe('a certificate that is not trusted: nothing was sent, and trying again is no use', () => {
	test.each([
		['CERT_HAS_EXPIRED', 'certificate has expired'],
		['CERT_NOT_YET_VALID', 'certificate is not yet valid'],
		['CERT_REVOKED', 'certificate revoked'],
		['DEPTH_ZERO_SELF_SIGNED_CERT', 'self-signed certificate'],
		['SELF_SIGNED_CERT_IN_CHAIN', 'self-signed certificate in certificate chain'],
		['UNABLE_TO_GET_ISSUER_CERT', 'unable to get issuer certificate'],
		['UNABLE_TO_GET_ISSUER_CERT_LOCALLY', 'unable to get local issuer certificate'],
		['UNABLE_TO_VERIFY_LEAF_SIGNATURE', 'unable to verify the first certificate'],
		['INVALID_CA', 'invalid CA certificate'],
		['HOSTNAME_MISMATCH', 'hostname mismatch'],
		[
			'ERR_TLS_CERT_ALTNAME_INVALID',
			"Hostname/IP does not match certificate's altnames: IP: 127.0.0.1 is not in the cert's list: ",
		],
	])('%s', (code, message) => {
		const error = Object.assign(new Error(message), { code });
		expect(toRequestFailure(wrapped(error), 'EvoLink').details).toEqual({
			kind: 'network',
			message: `EvoLink's certificate isn't trusted: ${message.trim()}.`,
			advice: UNTRUSTED,
			code,
			nothingSent: true,
			shouldRetry: false,
		});
	});
});

describe('no secure connection: nothing was sent', () => {
	const openSsl = (words: string) =>
		`write EPROTO 40:error:0A00010B:SSL routines:${words}:x.c:77:\n`;
	test.each([
		['EPROTO', openSsl('tls_validate_record_header:wrong version number')],
		['EPROTO', openSsl('ssl3_read_bytes:ssl/tls alert handshake failure')],
		['EPROTO', openSsl('ssl3_read_bytes:tlsv1 alert protocol version')],
		['EPROTO', openSsl('ssl3_read_bytes:tlsv1 unrecognized name')],
		['EPROTO', openSsl('ssl3_read_bytes:tlsv13 alert certificate required')],
		['ERR_SSL_WRONG_VERSION_NUMBER', 'write EPROTO'],
		['ERR_SSL_TLSV1_ALERT_PROTOCOL_VERSION', 'alert'],
		['ERR_SSL_SSL/TLS_ALERT_HANDSHAKE_FAILURE', 'alert'],
		['ERR_SSL_NO_PROTOCOLS_AVAILABLE', 'none'],
		['ERR_TLS_HANDSHAKE_TIMEOUT', 'TLS handshake timeout'],
		['ERR_TLS_INVALID_PROTOCOL_VERSION', 'none'],
		[
			'ECONNRESET',
			'Client network socket disconnected before secure TLS connection was established',
		],
	])('%s: %s', (code, message) => {
		const error = Object.assign(new Error(message), { code });
		expect(toRequestFailure(wrapped(error), 'EvoLink').details).toMatchObject({
			message: 'EvoLink made no secure connection.',
			advice: NO_HANDSHAKE,
			nothingSent: true,
		});
	});

	it('but an error of TLS later on may come after the request', () => {
		const error = Object.assign(new Error(openSsl('ssl3_read_bytes:bad record mac')), {
			code: 'EPROTO',
		});
		expect(toRequestFailure(error, 'EvoLink').details).toMatchObject({
			message: 'EvoLink broke off the connection.',
			nothingSent: false,
		});
	});
});

test.each(['SsrfBlockedIpError', 'SsrfBlockedHostnameError'])(
	'an address that n8n blocks: %s',
	(name) => {
		const error = Object.assign(new Error('The request was blocked.'), { name });
		expect(toRequestFailure(wrapped(wrapped(error)), 'EvoLink').details).toEqual({
			kind: 'network',
			message: "n8n doesn't allow requests to EvoLink's address: The request was blocked.",
			advice: BLOCKED,
			code: undefined,
			nothingSent: true,
			shouldRetry: false,
		});
	},
);

test.each<[string, unknown]>([
	['an error without a code', new Error('The header is too long.')],
	['one that wraps it', wrapped(new Error('The header is too long.'))],
	['one with a number as code', Object.assign(new Error('The header is too long'), { code: 500 })],
])('%s is told in its own words, and nothing is taken for sure', (_rule, error) => {
	expect(toRequestFailure(error, 'EvoLink').details).toMatchObject({
		message: 'EvoLink gave no answer: The header is too long.',
		advice: MAYBE_SENT,
		nothingSent: false,
	});
});

describe('the reason is found', () => {
	test.each<[string, unknown]>([
		[
			'in the cause of the error that n8n wrapped it in',
			errorWith(undefined, errorWith('ECONNREFUSED')),
		],
		['two causes down', errorWith(undefined, errorWith(null, errorWith('ECONNREFUSED')))],
		['in what is no Error', { code: 'ECONNREFUSED' }],
	])('%s', (_rule, error) => {
		expect(toRequestFailure(error, 'EvoLink').details.nothingSent).toBe(true);
	});
});

describe('the reason is looked for in five causes, one below the other', () => {
	const below = (levels: number): Error =>
		levels === 0 ? errorWith('ECONNREFUSED') : errorWith(undefined, below(levels - 1));
	test.each([
		[5, true],
		[6, false],
	])('%i below it: %s', (levels, nothingSent) => {
		expect(toRequestFailure(below(levels), 'EvoLink').details.nothingSent).toBe(nothingSent);
	});
});

describe('nothing is taken for sure', () => {
	const endless: { cause?: unknown } = {};
	endless.cause = endless;
	test.each<[string, unknown]>([
		['with a cause that goes round in a circle', endless],
		['with text', 'ECONNREFUSED'],
		['with null', null],
		['with nothing', undefined],
	])('%s', (_rule, error) => {
		expect(toRequestFailure(error, 'EvoLink').details).toMatchObject({
			kind: 'network',
			message: 'EvoLink broke off the connection.',
			nothingSent: false,
		});
	});
});

describe('a connection that was never made, whatever its code is', () => {
	const connecting = (code: string) =>
		Object.assign(new Error(`connect ${code} 192.0.2.1:443`), { code, syscall: 'connect' });
	test.each<[string, unknown]>([
		['that took too long to be made', connecting('ETIMEDOUT')],
		['that a firewall forbids', connecting('EACCES')],
		['for which there are no files left', connecting('EMFILE')],
		[
			'of several addresses that were tried',
			Object.assign(new AggregateError([connecting('ETIMEDOUT')], ''), { code: 'ETIMEDOUT' }),
		],
	])('%s', (_rule, error) => {
		expect(toRequestFailure(byAxios(error as Error), 'EvoLink').details).toMatchObject({
			message: 'EvoLink could not be reached.',
			advice: NOTHING_SENT,
			nothingSent: true,
		});
	});

	test.each(['read', 'write'])('but not one that is lost while it is used: %s', (syscall) => {
		const error = Object.assign(new Error(`${syscall} ENETDOWN`), { code: 'ENETDOWN', syscall });
		expect(toRequestFailure(byAxios(error), 'EvoLink').details).toMatchObject({
			message: 'EvoLink broke off the connection.',
			nothingSent: false,
		});
	});
});

test.each([
	['ERR_PROXY_TUNNEL', 'Proxy response (407) !== 200 when HTTP Tunneling'],
	[undefined, 'Proxy connection ended before receiving CONNECT response'],
	[undefined, 'tunneling socket could not be established, statusCode=403'],
])('a proxy that does not lead on: %s %s', (code, message) => {
	const error = Object.assign(new Error(message), code && { code });
	expect(toRequestFailure(wrapped(error), 'EvoLink').details).toMatchObject({
		message: `EvoLink could not be reached through the proxy: ${message}.`,
		advice: PROXY,
		nothingSent: true,
	});
});

test.each(['HPE_INVALID_CONSTANT', 'HPE_HEADER_OVERFLOW'])('%s comes after the request', (code) => {
	const error = Object.assign(new Error('Parse Error: Expected HTTP/'), { code });
	expect(toRequestFailure(byAxios(error), 'EvoLink').details).toMatchObject({
		message: 'EvoLink answered in no form that is HTTP.',
		advice: NOT_HTTP,
		nothingSent: false,
	});
});

describe("an error that isn't the network's: nothing was sent, and trying again is no use", () => {
	const coded = (code: string, message: string) => Object.assign(new TypeError(message), { code });
	test.each<[string, Error]>([
		['of code', new TypeError("Cannot read properties of undefined (reading 'x')")],
		['of a text that is too long', new RangeError('Invalid string length')],
		[
			'of a credential that is missing',
			new NodeOperationError(NODE, 'Node "EvoLink" does not have any credentials set'),
		],
		[
			'of a domain that is not allowed',
			new UserError('Domain not allowed: This credential is restricted from accessing gw.test'),
		],
		['of n8n itself', new UnexpectedError('Cannot determine the host for this connection')],
		[
			'of a header',
			coded('ERR_INVALID_CHAR', 'Invalid character in header content ["Authorization"]'),
		],
		['of an expression in a credential', new ExpressionError('Referenced node is unexecuted')],
		[
			"of n8n's database",
			Object.assign(new TypeORMError('SQLITE_BUSY: database is locked'), { code: 'SQLITE_BUSY' }),
		],
		['of a credential that is locked', coded('ERR_OSSL_BAD_DECRYPT', 'bad decrypt')],
		['of a header without a value', coded('ERR_HTTP_INVALID_HEADER_VALUE', 'Invalid value')],
		['of a path', coded('ERR_UNESCAPED_CHARACTERS', 'Request path contains unescaped characters')],
		['of a protocol', coded('ERR_INVALID_PROTOCOL', 'Protocol "ftp:" not supported')],
		['of the HTTP helper', coded('ERR_BAD_REQUEST', 'Unsupported protocol ftp:')],
		['of a file', coded('ENOENT', "ENOENT: no such file or directory, open '/x'")],
	])('%s', (_rule, error) => {
		for (const thrown of [wrapped(error), byAxios(error)]) {
			expect(toRequestFailure(thrown, 'EvoLink').details).toMatchObject({
				kind: 'network',
				message: `n8n could not send the request: ${error.message}.`,
				advice: UNSENT,
				nothingSent: true,
				shouldRetry: false,
			});
		}
	});

	test.each([
		'ApplicationError',
		'ExpressionError',
		'NodeOperationError',
		'TypeORMError',
		'UnexpectedError',
		'UserError',
		'WorkflowOperationError',
		'RangeError',
		'ReferenceError',
		'SyntaxError',
		'TypeError',
	])('of another copy of the class %s', (name) => {
		const copies: Record<string, new (message: string) => Error> = {
			[name]: class extends Error {},
		};
		const error = new copies[name]!('It is missing');
		expect(toRequestFailure(byAxios(error), 'EvoLink').details).toMatchObject({
			message: 'n8n could not send the request: It is missing.',
			nothingSent: true,
		});
	});

	test.each<[string, unknown]>([
		['null', null],
		['a text', 'none'],
	])('also where it tells of %s in the place of an answer', (_what, response) => {
		const error = Object.assign(new TypeError('No'), { response });
		expect(toRequestFailure(wrapped(error), 'EvoLink').details.nothingSent).toBe(true);
	});

	test.each<[string, Error]>([
		['that tells of an answer', Object.assign(new TypeError('No'), { response: { status: 500 } })],
		[
			'with a code, that tells of an answer',
			Object.assign(coded('ERR_BAD_REQUEST', 'No'), { response: { status: 400 } }),
		],
		['that is how a client tells of a connection', new TypeError('terminated')],
		['that is how another one tells of it', new TypeError('fetch failed')],
		['that tells of a socket', new TypeError('socket hang up')],
		['that tells of an end', new TypeError('Premature close')],
		['that tells of one that was aborted', new TypeError('The request was aborted by it')],
		['of a redirect', new OperationalError('Invalid redirect location received from server: x')],
	])('but not one %s', (_rule, error) => {
		expect(toRequestFailure(wrapped(error), 'EvoLink').details.nothingSent).toBe(false);
	});

	it('is told as we have told it, where it is our own', () => {
		const own = badInput('The API Key is empty.', 'Enter it.');
		expect(toRequestFailure(byAxios(own), 'EvoLink')).toBe(own);
	});
});

describe('an answer that had begun: the work may be done, whatever ended it', () => {
	test.each<[string, string, string]>([
		['ECONNRESET', 'aborted', 'EvoLink broke off the connection.'],
		['ETIMEDOUT', 'It took too long', 'EvoLink took too long to answer.'],
		['Z_DATA_ERROR', 'incorrect header check', 'EvoLink broke off the connection.'],
		[
			'ENOSPC',
			'ENOSPC: no space left on device, write',
			"EvoLink's answer could not be taken in: ENOSPC: no space left on device, write.",
		],
		[
			'ECONNREFUSED',
			'connect ECONNREFUSED 10.0.0.1:9000',
			"EvoLink's answer could not be taken in: connect ECONNREFUSED 10.0.0.1:9000.",
		],
		[
			'ERR_INVALID_ARG_TYPE',
			'The chunk is none.',
			"EvoLink's answer could not be taken in: The chunk is none.",
		],
	])('%s', (code, message, told) => {
		const error = Object.assign(new Error(message), { code });
		const { details } = toNetworkFailure(error, 'EvoLink');
		expect(details).toMatchObject({ kind: 'network', message: told, nothingSent: false });
		expect(details.advice).toBe(
			told.includes('could not be taken in')
				? 'Check the disk and the log of this n8n, and try again.'
				: MAYBE_SENT,
		);
	});

	it('and one of code', () => {
		expect(toNetworkFailure(new TypeError('No'), 'EvoLink').details.nothingSent).toBe(false);
	});
});

it('looks at the beginning of a long message only', () => {
	for (const message of ['SSL routines:'.repeat(80_000), 'x'.repeat(1_000_000)]) {
		expect(toNetworkFailure(new Error(message), 'EvoLink').details.kind).toBe('network');
	}
	const late = `SSL routines:${'x'.repeat(1000)}handshake failure`;
	const { details } = toNetworkFailure(
		Object.assign(new Error(late), { code: 'EPROTO' }),
		'EvoLink',
	);
	expect(details.nothingSent).toBe(false);
});
