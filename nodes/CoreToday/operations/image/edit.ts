// Image: Edit. A picture from other pictures.
import { editPromptField, inputImagesField } from '../../../shared/imageFields';
import { readInputImages } from '../../../shared/imageParameters';
import type { ItemOperation } from '../../../shared/operations';
import { optionsField } from '../../../shared/optionsField';
import type { CoreTodaySession } from '../../session';
import {
	choiceFields,
	completionFields,
	coreTodayModelField,
	fileWayOption,
	imageOptions,
} from './fields';
import { makeImages } from './request';

export const edit: ItemOperation<CoreTodaySession> = {
	option: {
		name: 'Edit',
		value: 'edit',
		action: 'Edit an image',
		description: 'Make images from other images, such as a product photo in a new scene',
	},
	fields: [
		coreTodayModelField,
		editPromptField,
		{ ...inputImagesField, description: 'The images to work from' },
		...choiceFields,
		...completionFields,
		optionsField([...imageOptions, fileWayOption]),
	],
	run: async (session, itemIndex) =>
		await makeImages(session, itemIndex, await readInputImages(session.context, itemIndex)),
};
