// All routes of EvoLink, and where they are.
import type { Scope } from '../../http/scopes';
import type { EvoLinkService } from '../service';
import { accountRoutes } from './account-routes';
import { imageRoutes } from './image-routes';
import { resultRoutes } from './result-routes';
import { taskRoutes } from './task-routes';
import { fileRoutes, uploadRoutes } from './upload-routes';

export const evolinkScopes: Array<Scope<EvoLinkService>> = [
	{ prefix: '/evolink', withKey: [imageRoutes, taskRoutes, accountRoutes] },
	{ prefix: '/evolink-files', withKey: [uploadRoutes], open: [fileRoutes] },
	{ prefix: '/evolink-results', open: [resultRoutes] },
];
