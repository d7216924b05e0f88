// Drafts beside the finished picture: the fields and the names that they get.
import type { IExecuteFunctions } from 'n8n-workflow';

import { partialFiles } from '../../../../pipeline/media/partialImages';
import { createPictureStore } from '../../../../pipeline/media/store/pictureStore';
import type { StoredImage } from '../../../../pipeline/media/store/storedImage';
import { downloadFailure } from '../../../../providers/failure';
import { connectionWithStore } from '../pictureStore';

const draft = (id: string, type: 'png' | 'jpeg' = 'png'): StoredImage => ({
	binary: { data: 'test', id, mimeType: `image/${type}`, fileName: 'test.png' },
	facts: { type, bytes: 9 },
	mimeType: `image/${type}`,
});

function connection() {
	const pictures = createPictureStore(
		{ helpers: {} } as unknown as IExecuteFunctions,
		'test',
		(text) => text,
	);
	pictures.restore('stored:one', draft('1'));
	pictures.restore('stored:two', draft('2', 'jpeg'));
	pictures.restore('stored:lost', downloadFailure({ message: 'Lost.', advice: '' }));
	return { ...connectionWithStore().connection, pictures };
}

test('those that can be had are numbered from 1, and called after the picture', () => {
	const references = ['stored:lost', 'stored:one', 'stored:gone', 'stored:two'];
	expect(partialFiles(connection(), references, 'data', { stem: 'fox', ending: 'PNG' })).toEqual({
		data_partial_1: {
			data: 'test',
			id: '1',
			mimeType: 'image/png',
			fileName: 'fox-partial-1.PNG',
		},
		data_partial_2: {
			data: 'test',
			id: '2',
			mimeType: 'image/jpeg',
			fileName: 'fox-partial-2.jpg',
		},
	});
});

test('without drafts there are no files', () => {
	expect(partialFiles(connection(), undefined, 'data', { stem: 'fox' })).toEqual({});
});
