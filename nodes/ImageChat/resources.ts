// What the Image Chat node can do.
import { imageOperations } from '../shared/execute/imageOperations';
import { resourcesOf } from '../shared/execute/operations';
import { imageFields } from './operations/image/fields';
import { orderOf } from './operations/image/request';
import type { ImageChatSession } from './session';

export const resources = resourcesOf<ImageChatSession>({
	image: imageOperations({ ...imageFields, orderOf }),
});
