// The sources of what n8n loads.
import { globSync } from 'node:fs';

import { ROOT } from '../docs/pages';

/** From the root, with slashes. */
export function shippedSources(): string[] {
	return globSync('{nodes,credentials,pipeline,providers}/**/*.ts', { cwd: ROOT }).toSorted();
}
