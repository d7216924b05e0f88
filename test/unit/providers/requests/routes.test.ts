// Requests to a provider's routes, and which of them may be sent again: a POST is taken as one that may charge.
import { routesAt, toStorage, versionedRoutesAt } from '../../../../providers/requests/routes';

const routes = routesAt('https://api.test');

test.each([
	[
		'GET',
		routes.get('/a', { limit: 5 }),
		{ method: 'GET', url: 'https://api.test/a', query: { limit: 5 }, idempotent: true },
	],
	[
		'POST',
		routes.post('/a', { n: 1 }),
		{ method: 'POST', url: 'https://api.test/a', json: { n: 1 }, idempotent: false },
	],
	['PUT', routes.put('/a'), { method: 'PUT', url: 'https://api.test/a', idempotent: true }],
	[
		'DELETE',
		routes.delete('/a'),
		{ method: 'DELETE', url: 'https://api.test/a', idempotent: true },
	],
])('%s', (_method, request, expected) => {
	expect(request).toEqual(expected);
});

test('a version stands before each path where the base URL names none', () => {
	expect(versionedRoutesAt('https://api.test').get('/a').url).toBe('https://api.test/v1/a');
	expect(versionedRoutesAt('https://api.test/v2').get('/a').url).toBe('https://api.test/v2/a');
});

test('a storage gets the file without the key, and may get it again', () => {
	const file = { label: 'a.png' };
	expect(toStorage('PUT', 'https://up.test/a', { file })).toEqual({
		method: 'PUT',
		url: 'https://up.test/a',
		file,
		isUnsigned: true,
		responseType: 'none',
		idempotent: true,
	});
});
