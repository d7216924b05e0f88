// Image: Generate. A picture from words, asked for in a chat.
import { promptField } from '../../../shared/imageFields';
import type { ItemOperation } from '../../../shared/operations';
import { optionsField } from '../../../shared/optionsField';
import type { ImageChatSession } from '../../session';
import { chatModelField, choiceFields, imageOptions } from './fields';
import { makeImages } from './request';

export const generate: ItemOperation<ImageChatSession> = {
	option: {
		name: 'Generate',
		value: 'generate',
		action: 'Generate an image',
		description: 'Make images from a description',
	},
	fields: [chatModelField, promptField, ...choiceFields, optionsField(imageOptions)],
	run: async (session, itemIndex) => await makeImages(session, itemIndex, []),
};
