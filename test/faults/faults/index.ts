// All faults, in the order of the table's rows.
import { bodies } from './bodies';
import { connections } from './connections';
import { downloads } from './downloads';
import { oddities } from './oddities';
import { redirects } from './redirects';
import { statuses } from './statuses';
import { tasks } from './tasks';

export type { Fault } from './fault';

export const faults = [
	...connections,
	...statuses,
	...redirects,
	...bodies,
	...tasks,
	...downloads,
	...oddities,
];
