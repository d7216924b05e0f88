// Image > Generate: a picture from words.
import { promptField } from '../../../shared/imageFields';
import type { ItemOperation } from '../../../shared/operations';
import type { EvoLinkSession } from '../../session';
import { choiceFields, completionFields, evoLinkModelField, optionsField } from './fields';
import { makeImages } from './request';

export const generate: ItemOperation<EvoLinkSession> = {
	option: {
		name: 'Generate',
		value: 'generate',
		action: 'Generate an image',
		description: 'Make images from a description',
	},
	fields: [evoLinkModelField, promptField, ...choiceFields, ...completionFields, optionsField],
	run: async (session, itemIndex) => await makeImages(session, itemIndex, []),
};
