// An answer whose JSON is another one, of one provider, at one step.
import type { Provider } from '../../cells';
import { text, withJson, type Answer } from '../../server/answer';
import { PICTURE } from '../../server/picture';
import { changed, type Fault } from '../fault';

export type Json = Record<string, unknown>;
type Step = Fault['on'][number];

export const BASE64 = PICTURE.toString('base64');
export const DATA_URI = `data:image/png;base64,${BASE64}`;
const LINE = 76;
/** As mail has it. */
export const IN_LINES = BASE64.replace(new RegExp(`.{${LINE}}`, 'g'), '$&\n');

interface Place extends Pick<Fault, 'at' | 'freeAt' | 'lasts'> {
	of: Provider;
	on: Step;
}

/** Makes faults of one place: each has an ID, a title, and what becomes of the honest JSON. */
export function oddAt({ of, on, ...place }: Place) {
	return (id: string, title: string, change: (body: Json, honest: Answer) => unknown): Fault =>
		changed({
			id,
			title,
			of: [of],
			on: [on],
			...place,
			to: (honest) => withJson(honest, (body: Json) => change(body, honest)),
		});
}

/** What an answer that names a new task may lack or write oddly, at every provider whose field for the ID is `id`. */
export function oddBeginnings(prefix: string, created: ReturnType<typeof oddAt>): Fault[] {
	return [
		created(`${prefix}-no-status`, 'Begun, without a state', (honest) => ({
			...honest,
			status: undefined,
		})),
		created(`${prefix}-odd-status`, 'Begun, in a state that is a number', (honest) => ({
			...honest,
			status: 3,
		})),
		created(`${prefix}-numeric-id`, 'Begun, with a number for its ID', (honest) => ({
			...honest,
			id: Number(/\d+$/.exec(String(honest.id))?.[0]),
		})),
		created(`${prefix}-surrogate-id`, 'Begun, with half a letter in its ID', (honest) => ({
			...honest,
			id: `${String(honest.id)}\ud800`,
		})),
	];
}

/** The same for answers that are no JSON in the end. */
export function writtenAt({ of, on, ...place }: Place) {
	return (id: string, title: string, write: (body: Json) => string, type = 'application/json') =>
		changed({
			id,
			title,
			of: [of],
			on: [on],
			...place,
			to: (honest) => text(write(JSON.parse(honest.body.toString()) as Json), type, honest.status),
		});
}

export const EVENTS = 'text/event-stream; charset=utf-8';

/** One event for each, as a stream has them. */
export function eventsOf(...bodies: unknown[]): string {
	const lines = bodies.map((body) => (typeof body === 'string' ? body : JSON.stringify(body)));
	return lines.map((line) => `data: ${line}\n\n`).join('');
}

/** Up to a place in the JSON, as a server sends it that ends its answer too early, but properly. */
export function cutBehind(body: Json, name: string): string {
	const { [name]: last } = body;
	return `${JSON.stringify({ [name]: last }).slice(0, -1)},"obj`;
}
