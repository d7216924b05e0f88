// All routes of fal, and where they are: each of its hosts is a path here.
import type { Scope } from '../../http/scopes';
import { API_PREFIX } from '../endpoint';
import type { FalService } from '../service';
import { accountRoutes } from './account-routes';
import { fileRoutes } from './file-routes';
import { jwksRoutes } from './jwks-routes';
import { modelRoutes } from './model-routes';
import { pricingRoutes } from './pricing-routes';
import { queueRoutes } from './queue-routes';
import { runRoutes } from './run-routes';
import { storageRoutes, tokenRoutes } from './storage-routes';

export const falScopes: Array<Scope<FalService>> = [
	{ prefix: '/fal-queue', withKey: [queueRoutes] },
	{ prefix: '/fal-run', withKey: [runRoutes] },
	{ prefix: '/fal-rest', withKey: [storageRoutes, tokenRoutes], open: [jwksRoutes] },
	{ prefix: `${API_PREFIX}/v1`, withKey: [pricingRoutes, accountRoutes], open: [modelRoutes] },
	{ prefix: '/fal-files', open: [fileRoutes] },
];
