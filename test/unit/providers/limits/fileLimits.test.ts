// Which files may be uploaded, and what is told of the others.
import { createCoreToday } from '../../../../providers/coretoday';
import { createEvoLink } from '../../../../providers/evolink';
import { checkFile } from '../../../../providers/limits/fileLimits';
import { MEGABYTE } from '../../../../providers/limits/megabytes';
import { failureOf } from '../support';

const evoLink = createEvoLink({
	baseUrl: 'https://api.evolink.ai',
	filesBaseUrl: 'https://files-api.evolink.ai',
});
const coreToday = createCoreToday('https://api.core.today/v1', 'storage');
const EMPTY = {
	kind: 'badInput',
	message: 'The file in "photo" is empty.',
	advice: 'Check the step that makes this file.',
};
const TOO_LARGE = {
	kind: 'badInput',
	message: 'The file in "photo" is larger than 100 MB, the most that EvoLink takes.',
	advice: 'Make the file smaller.',
};

test.each([
	['the smallest file', 1, evoLink],
	['a file of exactly 100 MB on EvoLink', 100 * MEGABYTE, evoLink],
	['any length on Core.Today, which names none', 5000 * MEGABYTE, coreToday],
])('%s may be uploaded', (_rule, bytes, provider) => {
	expect(() => checkFile('photo', bytes, provider)).not.toThrow();
});

test.each([
	['an empty file on EvoLink', 0, evoLink, EMPTY],
	['an empty file on Core.Today', 0, coreToday, EMPTY],
	['one byte more than 100 MB on EvoLink', 100 * MEGABYTE + 1, evoLink, TOO_LARGE],
])('%s is refused', (_rule, bytes, provider, failure) => {
	expect(failureOf(() => checkFile('photo', bytes, provider))).toEqual(failure);
});
