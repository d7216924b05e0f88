// Base URLs as people type them, joined with paths, and the hosts of addresses.
import {
	hostOf,
	joinUrl,
	pathSegment,
	resolveUrl,
	shownAddress,
} from '../../../../providers/requests/url';
import { failureOf } from '../support';

describe('a base URL joined with a path', () => {
	test.each([
		['as it should be', 'https://api.evolink.ai', '/v1/tasks', 'https://api.evolink.ai/v1/tasks'],
		['slash at the end', 'https://api.evolink.ai/', '/v1/tasks', 'https://api.evolink.ai/v1/tasks'],
		[
			'several slashes at the end',
			'https://api.evolink.ai//',
			'/v1/tasks',
			'https://api.evolink.ai/v1/tasks',
		],
		[
			'spaces around it',
			'  https://api.evolink.ai \n',
			'/v1/tasks',
			'https://api.evolink.ai/v1/tasks',
		],
		[
			'the version typed along',
			'https://api.evolink.ai/v1',
			'/v1/tasks',
			'https://api.evolink.ai/v1/tasks',
		],
		[
			'the version with a slash',
			'https://api.evolink.ai/v1/',
			'/v1/tasks',
			'https://api.evolink.ai/v1/tasks',
		],
		[
			'the version in capitals',
			'https://api.evolink.ai/V1',
			'/v1/tasks',
			'https://api.evolink.ai/v1/tasks',
		],
		[
			'two repeated segments',
			'https://files.test/api/v1',
			'/api/v1/files',
			'https://files.test/api/v1/files',
		],
		[
			'one of two segments repeated',
			'https://files.test/api',
			'/api/v1/files',
			'https://files.test/api/v1/files',
		],
		[
			'a path of its own',
			'https://proxy.test/evolink',
			'/v1/tasks',
			'https://proxy.test/evolink/v1/tasks',
		],
		[
			'a path of its own and the version',
			'https://proxy.test/evolink/v1/',
			'/v1/tasks',
			'https://proxy.test/evolink/v1/tasks',
		],
		[
			'a segment that only ends alike',
			'https://proxy.test/xv1',
			'/v1/tasks',
			'https://proxy.test/xv1/v1/tasks',
		],
		['a host called like the segment', 'http://api', '/api/v1/files', 'http://api/api/v1/files'],
		['a port', 'http://127.0.0.1:4010', '/v1/tasks', 'http://127.0.0.1:4010/v1/tasks'],
		[
			'capital letters in the scheme',
			'HTTPS://api.evolink.ai',
			'/v1/tasks',
			'HTTPS://api.evolink.ai/v1/tasks',
		],
	])('%s', (_rule, base, path, joined) => {
		expect(joinUrl(base, path)).toBe(joined);
	});

	test.each([
		['nothing', '', 'The Base URL is empty: enter it in the credential.'],
		['spaces', '   ', 'The Base URL is empty: enter it in the credential.'],
		[
			'no scheme',
			'api.evolink.ai',
			'The Base URL "api.evolink.ai" isn\'t a web address: https:// is missing.',
		],
		[
			'another scheme',
			'ftp://api.evolink.ai',
			'The Base URL "ftp://api.evolink.ai" isn\'t a web address: it must begin with https://.',
		],
		['a scheme only', 'https://', 'The Base URL "https://" isn\'t a web address.'],
		['a path only', '/v1', 'The Base URL "/v1" isn\'t a web address: it must begin with https://.'],
		[
			'a space in the host',
			'https://api evolink.ai',
			'The Base URL "https://api evolink.ai" isn\'t a web address.',
		],
		[
			'words',
			'my base url',
			'The Base URL "my base url" isn\'t a web address: it must begin with https://.',
		],
	])('is refused when it is %s', (_rule, base, message) => {
		expect(failureOf(() => joinUrl(base, '/v1/tasks'))).toEqual({
			kind: 'badInput',
			message,
			advice: 'Open the credential and enter an address that begins with https://',
		});
	});
});

test.each([
	['https://API.EvoLink.ai/v1', 'api.evolink.ai'],
	['http://127.0.0.1:80', '127.0.0.1'],
	['http://[::1]:80', '[::1]'],
	['no address', ''],
])('the host of "%s" is "%s"', (address, host) => {
	expect(hostOf(address)).toBe(host);
});

describe('a text within a path', () => {
	test.each([
		['as it is', 'task-unified-1', 'task-unified-1'],
		['a slash', 'a/b', 'a%2Fb'],
		['a lone surrogate', 'task-\ud800', 'task-%EF%BF%BD'],
	])('%s', (_case, text, expected) => {
		expect(pathSegment(text)).toBe(expected);
	});

	test.each(['.', '..'])('%j would lead elsewhere, and is refused', (text) => {
		expect(failureOf(() => pathSegment(text))).toMatchObject({
			kind: 'badInput',
			message: `"${text}" is no ID.`,
		});
	});
});

describe('an address from an answer', () => {
	const BASE = 'https://gateway.example/api/v1';

	test.each<[string, string, string | undefined]>([
		['an address', 'https://cdn.example/a.png?x=%20', 'https://cdn.example/a.png?x=%20'],
		['in capitals', 'HTTPS://cdn.example/a.png', 'HTTPS://cdn.example/a.png'],
		['white space around it', ' https://cdn.example/a.png\n', 'https://cdn.example/a.png'],
		['a path', '/data/image/x.jpg', 'https://gateway.example/data/image/x.jpg'],
		['a host without a scheme', '//cdn.example/a.png', 'https://cdn.example/a.png'],
		['a data URI', 'data:image/png;base64,AAAA', undefined],
		['another scheme', 'ftp://cdn.example/a.png', undefined],
		['a script', 'javascript:alert(1)', undefined],
		['no host', 'https://', undefined],
		['a text', 'sorry, no image', undefined],
		['nothing', '', undefined],
		['a slash alone', '/', undefined],
		['a lone surrogate', '/a\ud800.png', 'https://gateway.example/a%EF%BF%BD.png'],
		['megabytes', `https://cdn.example/${'a'.repeat(8_000_000)}`, undefined],
	])('%s', (_case, url, expected) => {
		expect(resolveUrl(BASE, url)).toBe(expected);
	});

	test('a path with a base URL that is none', () => {
		expect(resolveUrl('gateway', '/a.png')).toBeUndefined();
	});
});

describe('an address as it is shown', () => {
	test.each([
		['https://me:sk-abcdef@a.test/x.png?key=sk-abcdef#sk-abcdef', 'https://a.test/x.png'],
		['http://a.test:81', 'http://a.test:81/'],
		['data', 'data'],
		['x'.repeat(300), 'x'.repeat(200)],
		[`https://a.test/${'x'.repeat(300)}`, `https://a.test/${'x'.repeat(185)}`],
	])('%s is %s', (address, shown) => {
		expect(shownAddress(address)).toBe(shown);
	});
});
