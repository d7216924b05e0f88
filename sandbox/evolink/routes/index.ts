// All routes of EvoLink, and where they are.
import type { Scope } from '../../http/scopes';
import type { EvoLinkService } from '../service';
import { accountRoutes } from './account-routes';
import { createRoutes } from './create-routes';
import { fileRoutes, openFileRoutes } from './file-routes';
import { resultRoutes } from './result-routes';
import { taskRoutes } from './task-routes';
import { uploadRoutes } from './upload-routes';

export const evolinkScopes: Array<Scope<EvoLinkService>> = [
	{ prefix: '/evolink', withKey: [createRoutes, taskRoutes, accountRoutes] },
	{ prefix: '/evolink-files', withKey: [uploadRoutes, fileRoutes], open: [openFileRoutes] },
	{ prefix: '/evolink-results', open: [resultRoutes] },
];
