// Where the images go that a trigger starts a workflow with.
import type { IExecuteFunctions } from 'n8n-workflow';

import { sharedDownload, type OutputOptions } from '../../../pipeline/media';
import type { Connection } from '../../../pipeline/session';
import { outputOf } from '../parameters/imageParameters';
import { readOptions } from '../parameters/readParameters';

/** A trigger has one item. */
export function triggerOutput({ context, provider }: Connection<IExecuteFunctions>): OutputOptions {
	const options = readOptions(context, 0);
	const download = sharedDownload(provider.name);
	const told = { missingAsItems: true, hintOnItem: true };
	return { itemIndex: 0, ...outputOf(context, options), ...told, download };
}
