// Where a storage says that a file is to be sent, and where it lies then.
import { uploadPlaceIn } from '../../../../providers/answers/uploadPlace';
import { readFailure } from '../../../../providers/evolink/failures';
import { answerWith, failureOf } from '../support';

const PLACE = { upload_url: 'https://up.test/a?sign=1', file_url: 'https://cdn.test/a' };
const read = (body: unknown) => uploadPlaceIn(answerWith({ body }), readFailure);

test('both addresses are told', () => {
	expect(read({ ...PLACE, expires: 5 })).toEqual({
		uploadUrl: 'https://up.test/a?sign=1',
		fileUrl: 'https://cdn.test/a',
	});
});

test.each<[string, unknown]>([
	['no place to send it to', { file_url: PLACE.file_url }],
	['no place where it lies', { upload_url: PLACE.upload_url }],
	['a path to send it to', { ...PLACE, upload_url: '/a' }],
	['a number as place', { ...PLACE, file_url: 5 }],
	['a list', [PLACE]],
])('an answer with %s is none', (_what, body) => {
	expect(failureOf(() => read(body))).toMatchObject({
		kind: 'unreadableAnswer',
		message: 'EvoLink answered with data in an unexpected form (HTTP 200).',
	});
});

test('an error in their place is what it says', () => {
	const error = { code: 'rate_limit_exceeded', message: 'Slow down.' };
	expect(failureOf(() => read({ ...PLACE, upload_url: '', error }))).toMatchObject({
		kind: 'rateLimit',
		message: 'EvoLink: Slow down.',
	});
});
