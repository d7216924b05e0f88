// A task as the queue shows it: where it is, its log, and its addresses, which name the app and never the path in it.
import type { Ending, Task } from './tasks';

export interface StatusView {
	/** Of the queue. */
	baseUrl: string;
	/** How many are before it. */
	position: number;
	withLogs: boolean;
}

export function urlsOf({ app, id }: Task, baseUrl: string) {
	const url = `${baseUrl}/${app}/requests/${id}`;
	return { response_url: url, status_url: `${url}/status`, cancel_url: `${url}/cancel` };
}

export function statusJson(task: Task, view: StatusView): Record<string, unknown> {
	const { ending, startedAt, id } = task;
	const urls = urlsOf(task, view.baseUrl);
	if (!ending && startedAt === undefined) {
		return { status: 'IN_QUEUE', request_id: id, queue_position: view.position, ...urls };
	}
	const logs = view.withLogs ? logsOf(task) : null;
	if (!ending) return { status: 'IN_PROGRESS', request_id: id, logs, metrics: {}, ...urls };
	return {
		status: 'COMPLETED',
		request_id: id,
		logs,
		metrics: ending.status === 'succeeded' ? { inference_time: secondsOf(task, ending) } : {},
		...(ending.error !== undefined && { error: ending.error }),
		...(ending.errorType !== undefined && { error_type: ending.errorType }),
		...urls,
	};
}

const secondsOf = ({ startedAt, createdAt }: Task, { at }: Ending) =>
	(at - (startedAt ?? createdAt)) / 1000;

function logsOf({ startedAt, ending }: Task) {
	const line = (at: number, message: string, level = 'INFO') => ({
		message,
		level,
		source: 'USER',
		timestamp: new Date(at).toISOString(),
		labels: {},
	});
	return [
		...(startedAt === undefined ? [] : [line(startedAt, 'Drawing has begun.')]),
		...(ending?.status === 'succeeded' ? [line(ending.at, 'Drawing has ended.')] : []),
		...(ending?.error === undefined ? [] : [line(ending.at, ending.error, 'ERROR')]),
	];
}
