// Why no answer came: said plainly, and above all whether anything can have been charged.
import { toNetworkFailure } from '../../../pipeline/networkFailure';

const errorWith = (code: unknown, cause?: unknown) =>
	Object.assign(new Error('It broke.', { cause }), { code });

const NOTHING_SENT =
	"Check the Base URL in the credential and this server's internet connection. Nothing was sent and nothing was charged.";
const MAYBE_SENT = "Check this server's internet connection and try again.";

test.each<[string, string, boolean]>([
	['ECONNREFUSED', 'EvoLink refused the connection.', true],
	['ENOTFOUND', 'EvoLink could not be found under its address.', true],
	['EAI_AGAIN', 'EvoLink could not be found under its address.', true],
	['EHOSTUNREACH', 'EvoLink broke off the connection.', true],
	['ENETUNREACH', 'EvoLink broke off the connection.', true],
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
	const endless = errorWith(undefined);
	endless.cause = endless;
	test.each<[string, unknown]>([
		['with a number as code', errorWith(500)],
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
