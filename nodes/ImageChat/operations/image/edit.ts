// Image: Edit. A picture from other pictures, asked for in a chat.
import { editPromptField, inputImagesField } from '../../../shared/imageFields';
import { readInputImages } from '../../../shared/imageParameters';
import type { ItemOperation } from '../../../shared/operations';
import { optionsField } from '../../../shared/optionsField';
import type { ImageChatSession } from '../../session';
import { chatModelField, choiceFields, imageOptions } from './fields';
import { makeImages } from './request';

export const edit: ItemOperation<ImageChatSession> = {
	option: {
		name: 'Edit',
		value: 'edit',
		action: 'Edit an image',
		description: 'Make images from other images, such as a product photo in a new scene',
	},
	fields: [
		chatModelField,
		editPromptField,
		{ ...inputImagesField, description: 'The images to work from' },
		{
			displayName: 'Chat takes no mask: say in the Prompt what should change and what should stay.',
			name: 'maskNotice',
			type: 'notice',
			default: '',
		},
		...choiceFields,
		optionsField(imageOptions),
	],
	run: async (session, itemIndex) =>
		await makeImages(session, itemIndex, await readInputImages(session.context, itemIndex)),
};
