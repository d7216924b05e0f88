// Why no answer came: said plainly, and above all whether anything can have been charged.
import { toNetworkFailure } from '../../../../pipeline/http/networkFailure';

const errorWith = (code: unknown, cause?: unknown) =>
	Object.assign(new Error('It broke.', { cause }), { code });

/** As n8n does it, with words of its own. */
const wrapped = (error: Error) =>
	new Error('The service failed to process your request', { cause: error });

const NOTHING_SENT =
	"Check the Base URL in the credential and this server's internet connection. Nothing was sent and nothing was charged.";
const MAYBE_SENT = "Check this server's internet connection and try again.";

test.each<[string, string, boolean]>([
	['ECONNREFUSED', 'EvoLink refused the connection.', true],
	['ENOTFOUND', 'EvoLink could not be found under its address.', true],
	['EAI_AGAIN', 'EvoLink could not be found under its address.', true],
	['EHOSTUNREACH', 'EvoLink could not be reached.', true],
	['ENETUNREACH', 'EvoLink could not be reached.', true],
	['ERR_INVALID_URL', 'EvoLink could not be reached.', true],
	['ETIMEDOUT', 'EvoLink took too long to answer.', false],
	['ECONNABORTED', 'EvoLink took too long to answer.', false],
	['ESOCKETTIMEDOUT', 'EvoLink took too long to answer.', false],
	['ECONNRESET', 'EvoLink broke off the connection.', false],
	['EPIPE', 'EvoLink broke off the connection.', false],
])('%s means: %s', (code, message, nothingSent) => {
	expect(toNetworkFailure(errorWith(code), 'EvoLink').details).toEqual({
		kind: 'network',
		message,
		advice: nothingSent ? NOTHING_SENT : MAYBE_SENT,
		code,
		nothingSent,
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
		expect(toNetworkFailure(wrapped(error), 'EvoLink').details).toEqual({
			kind: 'network',
			message: `EvoLink's certificate isn't trusted: ${message.trim()}.`,
			advice: expect.stringMatching(/NODE_EXTRA_CA_CERTS\. Nothing was sent/),
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
		[
			'ECONNRESET',
			'Client network socket disconnected before secure TLS connection was established',
		],
	])('%s: %s', (code, message) => {
		const error = Object.assign(new Error(message), { code });
		expect(toNetworkFailure(wrapped(error), 'EvoLink').details).toMatchObject({
			message: 'EvoLink made no secure connection.',
			advice: expect.stringMatching(/^Check the Base URL .+ https\. .+ Nothing was sent/),
			nothingSent: true,
		});
	});

	it('but an error of TLS later on may come after the request', () => {
		const error = Object.assign(new Error(openSsl('ssl3_read_bytes:bad record mac')), {
			code: 'EPROTO',
		});
		expect(toNetworkFailure(error, 'EvoLink').details).toMatchObject({
			message: 'EvoLink broke off the connection.',
			nothingSent: false,
		});
	});
});

test.each(['SsrfBlockedIpError', 'SsrfBlockedHostnameError'])(
	'an address that n8n blocks: %s',
	(name) => {
		const error = Object.assign(new Error('The request was blocked.'), { name });
		expect(toNetworkFailure(wrapped(wrapped(error)), 'EvoLink').details).toEqual({
			kind: 'network',
			message: 'EvoLink gave no answer: The request was blocked.',
			advice: expect.stringMatching(/ask whoever runs this n8n .+ Nothing was sent/),
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
	expect(toNetworkFailure(error, 'EvoLink').details).toMatchObject({
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
		expect(toNetworkFailure(error, 'EvoLink').details.nothingSent).toBe(true);
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
		expect(toNetworkFailure(error, 'EvoLink').details).toMatchObject({
			kind: 'network',
			message: 'EvoLink broke off the connection.',
			nothingSent: false,
		});
	});
});
