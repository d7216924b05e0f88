// All routes of Core.Today, and where they are.
import type { Scope } from '../../http/scopes';
import type { CoreTodayService } from '../service';
import { fileRoutes, storageRoutes, uploadUrlRoutes } from './file-routes';
import { modelRoutes } from './model-routes';
import { predictionRoutes } from './prediction-routes';
import { resultRoutes } from './result-routes';

export const coreTodayScopes: Array<Scope<CoreTodayService>> = [
	{
		prefix: '/coretoday/v1',
		withKey: [predictionRoutes, uploadUrlRoutes],
		open: [modelRoutes],
	},
	{ prefix: '/coretoday-cdn', open: [resultRoutes] },
	{ prefix: '/coretoday-files', open: [fileRoutes] },
	{ prefix: '/coretoday-storage', open: [storageRoutes] },
];
