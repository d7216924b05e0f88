// Image: Generate. A picture from words.
import { promptField } from '../../../shared/imageFields';
import type { ItemOperation } from '../../../shared/operations';
import { optionsField } from '../../../shared/optionsField';
import type { EvoLinkSession } from '../../session';
import { choiceFields, completionFields, evoLinkModelField, imageOptions } from './fields';
import { makeImages } from './request';

export const generate: ItemOperation<EvoLinkSession> = {
	option: {
		name: 'Generate',
		value: 'generate',
		action: 'Generate an image',
		description: 'Make images from a description',
	},
	fields: [
		evoLinkModelField,
		promptField,
		...choiceFields,
		...completionFields,
		optionsField(imageOptions),
	],
	run: async (session, itemIndex) => await makeImages(session, itemIndex, []),
};
