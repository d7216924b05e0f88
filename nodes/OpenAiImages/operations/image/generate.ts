// Image: Generate. A picture from words.
import { moderationOption } from '../../../shared/formatOptions';
import { promptField } from '../../../shared/imageFields';
import type { ItemOperation } from '../../../shared/operations';
import { optionsField } from '../../../shared/optionsField';
import type { OpenAiSession } from '../../session';
import { choiceFields, commonOptions, completionFields, imageModelField } from './fields';
import { makeImages } from './request';

export const generate: ItemOperation<OpenAiSession> = {
	option: {
		name: 'Generate',
		value: 'generate',
		action: 'Generate an image',
		description: 'Make images from a description',
	},
	fields: [
		imageModelField,
		promptField,
		...choiceFields,
		...completionFields,
		optionsField([...commonOptions, moderationOption]),
	],
	run: async (session, itemIndex) => await makeImages(session, itemIndex, []),
};
