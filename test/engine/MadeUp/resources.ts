// What the Made Up node can do, in the order in which a person reads it.
import { getTask } from '../../../nodes/shared/execute/getTask';
import { imageOperations } from '../../../nodes/shared/execute/imageOperations';
import { resourcesOf } from '../../../nodes/shared/execute/operations';
import { uploadOperation } from '../../../nodes/shared/execute/uploadFile';
import { waitForTask } from '../../../nodes/shared/execute/waitForTask';
import {
	completionFieldsWithCallback,
	taskOptions,
} from '../../../nodes/shared/fields/completionFields';
import {
	modelField,
	numberOfImagesField,
	sizeField,
} from '../../../nodes/shared/fields/imageFields';
import type { MadeUpSession } from './session';

const TASK_ID = 'task-12';
const UPLOAD = 'Put a file where the models can fetch it';
const SIZES = [
	{ name: 'Square (1:1)', value: '1:1' },
	{ name: 'Landscape (3:2)', value: '3:2' },
];

const images = imageOperations<MadeUpSession>({
	model: modelField('sketch-1', 'searchModels'),
	choices: [sizeField(SIZES), numberOfImagesField],
	completion: completionFieldsWithCallback('Made Up'),
	options: taskOptions,
	orderOf: ({ tasks }, request) => ({ run: tasks, request }),
});

export const resources = resourcesOf<MadeUpSession>({
	image: images,
	task: [getTask(TASK_ID), waitForTask(TASK_ID)],
	file: [uploadOperation(UPLOAD)],
});
