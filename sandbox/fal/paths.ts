// Reads the queue's addresses: a model to run, or a request by its app, never by a path in the app.
import { appLength } from './catalogue/model';

export type Part = 'result' | 'status' | 'stream' | 'cancel';

export interface RequestPath {
	/** What stands before "/requests/". */
	app: string;
	id: string;
	part: Part;
}

const requestPath = /^(.+?)\/requests\/([^/]+)(|\/response|\/status|\/status\/stream|\/cancel)$/;

const parts: Record<string, Part> = {
	'': 'result',
	// As an older page of the documentation has it.
	'/response': 'result',
	'/status': 'status',
	'/status/stream': 'stream',
	'/cancel': 'cancel',
};

/** Undefined when it is not about a request. */
export function readRequestPath(path: string): RequestPath | undefined {
	const [, app, id, ending] = requestPath.exec(path) ?? [];
	const part = parts[ending ?? '?'];
	return app !== undefined && id !== undefined && part ? { app, id, part } : undefined;
}

/** A path in the app, such as "/dev", doesn't belong there. */
export function isAppOnly(app: string): boolean {
	const segments = app.split('/');
	return segments.length === appLength(segments);
}
