// Names at fal: models as people paste them, and where fal keeps a request.
import { endpointIn, endpointOf, pathOf, taskIdOf } from '../../../../providers/fal/ids';
import { failureOf } from '../support';

test.each([
	['fal-ai/flux/dev', 'fal-ai/flux/dev'],
	[' /openai/gpt-image-2/edit/ ', 'openai/gpt-image-2/edit'],
	['https://fal.ai/models/fal-ai/flux-2', 'fal-ai/flux-2'],
	['https://fal.ai/models/fal-ai/flux-2/playground?x=1', 'fal-ai/flux-2'],
	['https://www.fal.ai/models/fal-ai/flux-2/edit/api#about', 'fal-ai/flux-2/edit'],
	['fal-ai/flux-pro/v1.1-ultra', 'fal-ai/flux-pro/v1.1-ultra'],
	['workflows/owner/name/step', 'workflows/owner/name/step'],
	['owner/my-app/api', 'owner/my-app/api'],
])('takes "%s" for the model %s', (written, endpoint) => {
	expect(endpointOf(written)).toBe(endpoint);
});

test.each([
	'',
	'flux',
	'fal-ai/',
	'fal-ai/../admin',
	'fal ai/flux',
	'https://example.com/fal-ai/flux',
	'fal-ai//flux',
])('refuses "%s" as a model', (written) => {
	expect(failureOf(() => endpointOf(written))).toMatchObject({
		kind: 'badInput',
		message: `"${written}" isn't the ID of a model at fal.`,
	});
});

test.each([
	['fal-ai/flux/dev', '/fal-ai/flux/requests/019a'],
	['fal-ai/flux-2', '/fal-ai/flux-2/requests/019a'],
	['fal-ai/bytedance/seedream/v4.5/edit', '/fal-ai/bytedance/requests/019a'],
	['workflows/owner/name/step', '/workflows/owner/name/requests/019a'],
	['comfy/owner/name', '/comfy/owner/name/requests/019a'],
])('looks for a request to %s at %s, without the sub-path', (endpoint, path) => {
	const id = taskIdOf(endpoint, '019a');
	expect(pathOf(id)).toBe(path);
	expect(endpointIn(id)).toBe(endpoint);
});

test.each([
	['https://queue.fal.run/fal-ai/flux/requests/019a/status?logs=1', '/fal-ai/flux/requests/019a'],
	[' fal-ai/flux/requests/019a ', '/fal-ai/flux/requests/019a'],
	['019a', '/requests/019a'],
	['fal-ai/../../x/requests/019a', '/fal-ai/x/requests/019a'],
	['a/b/requests/..%2f', '/a/b/requests/..%252f'],
])('asks for "%s" on the own host only, at %s', (pasted, path) => {
	expect(pathOf(pasted)).toBe(path);
});

test.each(['.', '..', 'fal-ai/flux/requests/..'])(
	'refuses "%s", which would lead elsewhere',
	(pasted) => {
		expect(failureOf(() => pathOf(pasted))).toMatchObject({ kind: 'badInput' });
	},
);
