// By the digest of an order, a later try knows what was ordered already: the very same, and nothing else.
import { digestOfOrder } from '../../../../pipeline/once/orderDigest';
import type { ImageProvider, ImageRequest } from '../../../../providers/contract';
import { partsOf } from '../../../../providers/limits/requestParts';
import { createOpenAiTasks } from '../../../../providers/openai/tasks';
import { requestWith } from '../../providers/support';
import { evoLink } from '../evoLinkTasks';

const oneEach: ImageProvider = {
	...evoLink,
	limits: (model) => ({ ...evoLink.limits(model), maxPerTask: 1 }),
};
const formatsOf = (...names: string[]) =>
	names.map((name) => ({ name, width: 1024, height: name === 'Story' ? 1536 : 1024 }));

/** Of all that is ordered, what each is, and its digest. */
function digestsOf(wish: Partial<ImageRequest>, provider = oneEach): Map<string, string> {
	const request = requestWith(wish);
	const parts = partsOf(request, provider.limits(request.model));
	const digests = parts.map((_, part) => digestOfOrder({ provider, parts }, part, 1));
	expect(new Set(digests).size).toBe(digests.length);
	return new Map(
		parts.map(({ request: { format }, motif }, part) => [
			`${format?.name ?? part} of ${motif ?? `itself, ${part}`}`,
			digests[part]!,
		]),
	);
}

test('a format that comes or goes makes no other order of the others', () => {
	const before = [...digestsOf({ formats: formatsOf('Post', 'Link', 'Story') }).values()];
	const after = [...digestsOf({ formats: formatsOf('Post', 'Story') }).values()];
	expect(after).toEqual([before[0], before[2]]);
});

test('with more images, each is made from its own image of the first format', () => {
	const wish = { formats: formatsOf('Post', 'Story'), keepMotif: true };
	const two = digestsOf({ ...wish, count: 2 });
	const three = digestsOf({ ...wish, count: 3 });
	for (const story of ['Story of 0', 'Story of 1']) expect(three.get(story)).toBe(two.get(story));
	expect([...two.values()]).not.toContain(three.get('Story of 2'));
});

test('with another first format, what keeps its motif is another order', () => {
	const wish = { formats: formatsOf('Post', 'Story'), keepMotif: true };
	const [first] = wish.formats;
	const other = { ...wish, formats: [{ ...first!, height: 768 }, wish.formats[1]!] };
	expect(digestsOf(other).get('Story of 0')).not.toBe(digestsOf(wish).get('Story of 0'));
});

const single = (wish: Partial<ImageRequest>, provider: ImageProvider = evoLink, attempt = 1) =>
	digestOfOrder({ provider, parts: [{ request: requestWith(wish) }] }, 0, attempt);

test.each<[string, string]>([
	['another prompt', single({ prompt: 'A cat' })],
	['another size', single({ size: '1024x1536' })],
	['another file', single({ references: [{ label: 'photo' }] })],
	['a mask', single({ mask: { label: 'photo' } })],
	['another attempt', single({}, evoLink, 2)],
	['no task', single({}, { ...evoLink, poll: undefined })],
	['another provider', single({}, { ...evoLink, id: 'other' })],
])('%s is another order', (_what, digest) => {
	expect(digest).not.toBe(single({}));
});

test('another model that calls the one that draws, too', () => {
	const by = (model: string) => single({}, createOpenAiTasks('https://api.openai.com/v1', model));
	expect(by('gpt-6-luna')).toBe(by('gpt-6-luna'));
	expect(by('gpt-6-luna')).not.toBe(by('gpt-5.6-sol'));
});

test('its name and its callback make it no other one', () => {
	const named = { orderReference: 'row 7', callbackUrl: 'https://n8n.example.com/1' };
	expect(single(named)).toBe(single({}));
});
