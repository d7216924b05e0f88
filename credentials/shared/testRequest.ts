// What n8n's test of a credential says of each answer: what is wrong, and what to do.
import type { IAuthenticateRuleResponseCode, ICredentialTestRequest } from 'n8n-workflow';

interface Tested {
	/** Whose answers they are, as it stands in a sentence. */
	service: string;
	/** What else a refused key can mean, and where a right one is. */
	wrongKey?: string;
	/** What this service alone means by a status. */
	own?: Readonly<Record<number, string>>;
	/** The field that every right answer has; without one, any answer in JSON will do. */
	answerField?: string;
}

const REDIRECTS = [301, 302, 303, 307, 308];
/** Without a rule for it, n8n would show a server's own words beside the status: they may quote the key. */
const REFUSALS = Array.from({ length: 100 }, (_, index) => 400 + index);
const DOWN = [408, ...Array.from({ length: 100 }, (_, index) => 500 + index)];

/** The test of a credential: a request that costs nothing and refuses a wrong key, and what is said of its answer. */
export function testWith(
	request: ICredentialTestRequest['request'],
	tested: Tested,
): ICredentialTestRequest {
	return {
		request: {
			baseURL: '={{$credentials.baseUrl}}',
			// n8n takes only the Authorization header away where a redirect leads to another host.
			disableFollowRedirect: true,
			...request,
		},
		rules: testRules(tested),
	};
}

/**
 * n8n shows the message of the first rule that fits, and nothing else of an answer. It looks at the status of a refusal, and
 * at one field of a success: an answer in words has no fields, but the name of its class.
 */
function testRules({
	service,
	wrongKey = '',
	own = {},
	answerField,
}: Tested): NonNullable<ICredentialTestRequest['rules']> {
	const otherForm = `This address answers, but not as ${service} does: check the Base URL.`;
	const told = `This address answers with an error: check the API Key and the Base URL.`;
	const page = `This address leads to a web page or a text, not to ${service}: check the Base URL.`;
	const refused = `The request was refused: check the API Key and the Base URL.`;
	const noRoute = `Nothing at this address answers as ${service} does: check the Base URL.`;
	const byStatus: Record<number, string> = {
		...withEach(REFUSALS, told),
		...withEach(
			REDIRECTS,
			'This address only leads to another one, and your key is sent to no other: enter the one that it leads to as the Base URL, often with https:// in place of http://.',
		),
		...withEach([400, 422], refused),
		401: `The key is wrong: ${service} doesn't know it. Copy the whole key again and paste it.${wrongKey}`,
		402: 'The key is right, but its account has no credit left. Add some before you make images.',
		403: 'The key is known, but it may not do this: check what it may use.',
		...withEach([404, 405, 410], noRoute),
		429: 'There were too many requests with this key. Try again in a minute.',
		...withEach(DOWN, `${capital(service)} has a problem right now. Try again in a few minutes.`),
		...own,
	};
	const bodies = [
		{ key: 'constructor.name', value: 'String', message: page },
		{ key: 'error.constructor.name', value: 'Object', message: told },
		{ key: 'error.constructor.name', value: 'String', message: told },
		{ key: 'success', value: false, message: told },
		...(answerField ? [{ key: answerField, value: undefined, message: otherForm }] : []),
	];
	const rules = [
		...Object.entries(byStatus).map(([status, message]) => ({
			type: 'responseCode' as const,
			properties: { value: Number(status), message },
		})),
		...bodies.map((properties) => ({ type: 'responseSuccessBody' as const, properties })),
	];
	// n8n goes through both kinds in one list; its type knows lists of one kind only.
	return rules as IAuthenticateRuleResponseCode[];
}

function withEach(statuses: number[], message: string): Record<number, string> {
	return Object.fromEntries(statuses.map((status) => [status, message]));
}

function capital(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1);
}
