// Image: Edit. A picture from other pictures, wholly or where a mask allows.
import { editPromptField, inputImagesField, maskFields } from '../../../shared/imageFields';
import { readInputImages, readMask } from '../../../shared/imageParameters';
import type { ItemOperation } from '../../../shared/operations';
import { optionsField } from '../../../shared/optionsField';
import type { EvoLinkSession } from '../../session';
import { choiceFields, completionFields, evoLinkModelField, imageOptions } from './fields';
import { makeImages } from './request';

export const edit: ItemOperation<EvoLinkSession> = {
	option: {
		name: 'Edit',
		value: 'edit',
		action: 'Edit an image',
		description: 'Make images from other images, such as a product photo in a new scene',
	},
	fields: [
		evoLinkModelField,
		editPromptField,
		inputImagesField,
		...maskFields,
		...choiceFields,
		...completionFields,
		optionsField(imageOptions),
	],
	run: async (session, itemIndex) => {
		const references = await readInputImages(session.context, itemIndex);
		const mask = await readMask(session.context, itemIndex);
		return await makeImages(session, itemIndex, references, mask);
	},
};
