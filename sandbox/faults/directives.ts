// Reads misbehaviour out of a prompt: "A cat [sandbox: fail=content_policy_violation, seconds=2]".
import { checkFaults, downloadKinds, type CheckedFaults } from './faults';

/** What the home page and the command line tell people they can write. */
export const directiveHelp: ReadonlyArray<readonly [string, string]> = [
	['seconds=2', 'the task takes this long'],
	['answer-delay=500', 'every answer about the task is this many milliseconds late'],
	['fail=CODE', 'the task ends as failed, with this error code'],
	['cancel', 'the task ends as cancelled'],
	['never', 'the task never ends'],
	['create=429 retry-after=1 times=1', 'the create call answers this status, so many times'],
	[
		'poll=502 body=html times=2',
		'looking the task up answers this status (body: json, html, cut, stall, reset, hang, trickle)',
	],
	['any=503 retry-after-ms=200', 'create and poll both do'],
	['create=402 code=CODE', 'the error has this code, and what the provider says beside it'],
	['create=302 location=URL', 'the create call is redirected (also: poll, upload, list)'],
	['create=200 odd=NAME', 'the honest answer in an odd form; each provider lists its own'],
	['create=500 should-retry=true', 'the answer says in x-should-retry whether to try again'],
	['create=200 body=cut', 'the task is made, but its answer is cut in half'],
	['create=200 body=stall', 'the task is made, but its answer stops halfway and never ends'],
	['create=500 after-effect', 'the task is made, but the answer says otherwise'],
	['paid-outcome-unknown', 'the task is made, the answer is the error paid_outcome_unknown'],
	['fewer-images=1', 'so many images fewer than asked for are made and charged'],
	['drawn-size=640x640', 'the images have this size, whatever was asked for'],
	[
		'download=KIND',
		`the links are bad: ${downloadKinds.join(', ')} (slow takes 2 s, crawling 10 s, late answers 404 for 2 s)`,
	],
	['link-lifetime=5', 'result links live so many seconds'],
	['callback=lose', 'no callback is delivered (also: early)'],
	['callback=KIND', 'a forged one instead: status, unknownTask, notJson, oversized, wrongToken'],
	['callback-repeat=2', 'so many more deliveries'],
	['callback-delay=1500', 'the callback comes so many milliseconds late'],
];

type Draft = Record<string, unknown>;

const answerNames = ['create', 'poll', 'upload', 'list', 'any'] as const;
const bracket = /\[sandbox:([^\]]*)\]/gi;
const word = /([a-z-]+)(?:=("[^"]*"|[^\s,]+))?/gi;

/** Returns the prompt without its directives, and the faults that they ask for. Throws on an unknown directive. */
export function readDirectives(prompt: string): { prompt: string; faults: CheckedFaults } {
	const draft: Draft = {};
	const details: Draft = {};
	const stripped = prompt.replace(bracket, (_whole, inside: string) => {
		for (const [, name, value] of inside.matchAll(word)) {
			if (name) readWord(name.toLowerCase(), value?.replace(/^"|"$/g, ''), draft, details);
		}
		return ' ';
	});
	const targets = answerNames.filter((name) => draft[name] !== undefined);
	for (const name of targets) draft[name] = { ...(draft[name] as Draft), ...details };
	if (draft.download && details.times !== undefined) {
		draft.download = { ...(draft.download as Draft), times: details.times };
	}
	return { prompt: stripped.replace(/\s+/g, ' ').trim(), faults: checkFaults(draft) };
}

function readWord(name: string, value: string | undefined, draft: Draft, details: Draft): void {
	const number = Number(value);
	const callback = (fault: Draft) => {
		draft.callback = { ...(draft.callback as Draft | undefined), ...fault };
	};
	switch (name) {
		case 'seconds':
			draft.seconds = number;
			break;
		case 'answer-delay':
			draft.answerDelayMs = number;
			break;
		case 'fail':
			draft.fail = value ?? 'generation_failed';
			break;
		case 'cancel':
		case 'never':
			draft[name] = true;
			break;
		case 'create':
		case 'poll':
		case 'upload':
		case 'list':
		case 'any':
			draft[name] = { status: number };
			break;
		case 'times':
			details.times = number;
			break;
		case 'retry-after':
			details.retryAfter = Number.isNaN(number) ? value : number;
			break;
		case 'retry-after-ms':
			details.retryAfterMs = number;
			break;
		case 'should-retry':
			details.shouldRetry = value === 'true';
			break;
		case 'body':
			details.body = value;
			break;
		case 'code':
		case 'location':
		case 'odd':
			details[name] = value;
			break;
		case 'after-effect':
			details.afterEffect = true;
			break;
		case 'paid-outcome-unknown':
			draft.paidOutcomeUnknown = true;
			break;
		case 'fewer-images':
			draft.fewerImages = number;
			break;
		case 'drawn-size':
			draft.drawnSize = value;
			break;
		case 'download':
			draft.download = { kind: value };
			break;
		case 'link-lifetime':
			draft.linkLifetimeSeconds = number;
			break;
		case 'callback':
			callback(value === 'lose' || value === 'early' ? { [value]: true } : { forge: value });
			break;
		case 'callback-repeat':
			callback({ repeat: number });
			break;
		case 'callback-delay':
			callback({ delayMs: number });
			break;
		default:
			throw new Error(`The sandbox knows no directive "${name}".`);
	}
}
