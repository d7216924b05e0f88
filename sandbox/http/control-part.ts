// What the control surface shows and offers of one provider.
import type { FastifyInstance } from 'fastify';
import type { Table } from './overview';

/** What one provider adds to the control surface. */
export interface ControlPart {
	/** In the path: /_sandbox/NAME/… */
	name: string;
	title: string;
	addresses: () => ReadonlyArray<readonly [string, string]>;
	state: () => unknown;
	/** For people: keys, prices, tasks. */
	tables?: () => Table[];
	/** What can be written into a prompt for this provider alone, with its meaning. */
	directives?: ReadonlyArray<readonly [string, string]>;
	register: (scope: FastifyInstance) => void;
}
