// Names at fal: an endpoint such as fal-ai/flux/dev, and a task by its endpoint and its request's ID.
import { badInput } from '../failure';
import { pathSegment } from '../requests/url';
import { trimmed } from '../trimmed';

export const MODEL_ADVICE =
	"Choose a model from the list, or enter the ID that stands on the model's page, such as fal-ai/flux-2.";

/** These owners' apps have a name of three parts. */
const OWNERS_OF_THREE: ReadonlySet<string | undefined> = new Set(['workflows', 'comfy']);
const SITE = /^https?:\/\/(?:www\.)?fal\.ai\/models\//i;
const SITE_PAGE = /\/(?:playground|api|llms\.txt|examples)$/;
const ENDPOINT = /^[\w-][\w.-]*(?:\/[\w-][\w.-]*)+$/;
const TASK = /^(?:https?:\/\/[^/]+\/)?(.+)\/requests\/([^/?#]+)/i;

/** A model as a person enters it, perhaps by the address of its page. Throws a badInput failure where it is none. */
export function endpointOf(written: string): string {
	const [address = ''] = written.trim().split(/[?#]/, 1);
	const path = SITE.test(address) ? address.replace(SITE, '').replace(SITE_PAGE, '') : address;
	const endpoint = trimmed(path, /\//);
	if (ENDPOINT.test(endpoint)) return endpoint;
	throw badInput(`"${written.slice(0, 100)}" isn't the ID of a model at fal.`, MODEL_ADVICE);
}

/** What a person can paste: the endpoint stays in it, as neither status nor result name it. */
export function taskIdOf(endpoint: string, requestId: string): string {
	return `${endpoint}/requests/${requestId}`;
}

/** Where fal keeps the request: under the app, without the endpoint's further parts. Nothing is there for what is no ID. */
export function pathOf(taskId: string): string {
	const [, endpoint = '', requestId = taskId] = TASK.exec(taskId.trim()) ?? [];
	const segments = endpoint.split('/').filter((segment) => !/^\.{0,2}$/.test(segment));
	const app = segments.slice(0, OWNERS_OF_THREE.has(segments[0]) ? 3 : 2);
	return ['', ...app, 'requests', requestId].map(pathSegment).join('/');
}

export function endpointIn(taskId: string): string | undefined {
	return TASK.exec(taskId.trim())?.[1];
}
