// What the Image Chat node can do.
import type { Resource } from '../shared/operations';
import { edit } from './operations/image/edit';
import { generate } from './operations/image/generate';
import type { ImageChatSession } from './session';

export const resources: Array<Resource<ImageChatSession>> = [
	{ name: 'Image', value: 'image', operations: [generate, edit] },
];
