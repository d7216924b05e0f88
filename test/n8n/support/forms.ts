// Fills in n8n's forms as a browser does, without one: for pages that are sent twice, or in the same moment.
import { type Execution, finished, served, sleep } from './n8n';
import { settings } from './settings';

/** What a page's field is given: a text, a file, or the boxes that are ticked. */
type Answer = string | File | string[];

const ASK_AGAIN_MS = 300;
const ANSWER_LIMIT_MS = 30_000;
const UNFINISHED = new Set(['form-waiting', 'waiting', 'running', 'new']);

function bodyOf(answers: Record<string, Answer>): FormData {
	const body = new FormData();
	for (const [field, answer] of Object.entries(answers)) {
		body.append(field, Array.isArray(answer) ? JSON.stringify(answer) : answer);
	}
	return body;
}

/** A run of a form's workflow, as the person sees it who has begun it. */
export class FormRun {
	private constructor(private readonly address: URL) {}

	/** Sends a form's first page, as soon as n8n serves it. */
	static async begin(path: string, answers: Record<string, Answer>): Promise<FormRun> {
		const url = `${settings.url}/form/${path}`;
		const response = await served(
			async () => await fetch(url, { method: 'POST', body: bodyOf(answers) }),
		);
		const { formWaitingUrl } = (await response.json()) as { formWaitingUrl: string };
		return new FormRun(new URL(formWaitingUrl));
	}

	/** A run that waits at this page, by the address that n8n's editor shows there. */
	static at(execution: Execution, nodeName: string): FormRun {
		const { metadata } = execution.data.resultData.runData[nodeName]!.at(-1)!;
		return new FormRun(new URL((metadata as { resumeFormUrl: string }).resumeFormUrl));
	}

	/** Waits for the page with this text and answers its HTML. */
	async page(text: string): Promise<string> {
		for (;;) {
			const status = await this.status();
			if (!UNFINISHED.has(status)) {
				throw new Error(`The execution has ended with ${status}, and never showed "${text}".`);
			}
			if (status === 'form-waiting') {
				const html = await this.shown();
				if (html?.includes(text)) return html;
			}
			await sleep(ASK_AGAIN_MS);
		}
	}

	/**
	 * The page that it waits at. Undefined where none comes: n8n answers nothing where the execution goes on to run in the
	 * moment between the question for its status and this one.
	 */
	private async shown(): Promise<string | undefined> {
		const signal = AbortSignal.timeout(ANSWER_LIMIT_MS);
		const asked = fetch(this.address, { signal }).then(async (page) => await page.text());
		return await asked.catch((error: Error) => {
			if (error.name === 'TimeoutError') return undefined;
			throw error;
		});
	}

	/** Sends the page that is shown. */
	async send(answers: Record<string, Answer> = {}): Promise<Response> {
		return await fetch(this.address, { method: 'POST', body: bodyOf(answers) });
	}

	/**
	 * Sends it several times in the same moment. n8n may leave some of these without an answer: what has become of them,
	 * the next page shows.
	 */
	async sendAtOnce(times: number, answers: Record<string, Answer> = {}): Promise<void> {
		const post = async () =>
			await fetch(this.address, {
				method: 'POST',
				body: bodyOf(answers),
				signal: AbortSignal.timeout(ANSWER_LIMIT_MS),
			});
		await Promise.allSettled(Array.from({ length: times }, post));
	}

	/** Waits for the end. The last page sends itself as soon as it is shown. */
	async end(): Promise<Execution> {
		await this.send();
		return await this.stopped();
	}

	/** Waits until it has ended in whatever way, without sending anything. */
	async stopped(): Promise<Execution> {
		return await finished(this.address.pathname.split('/').at(-1)!);
	}

	/** What a page asks n8n for while it waits for the next one. */
	private async status(): Promise<string> {
		const address = new URL(this.address);
		address.pathname += '/n8n-execution-status';
		return await (await fetch(address)).text();
	}
}

const BOX = /<input type='checkbox'[^>]* id='option\d+_(field-\d+)' value='([^']*)'/g;

/** The answers that tick these boxes of a page, and leave all others as they are. Pages send labels without the spaces around them. */
export function ticking(html: string, labels: string[] = []): Record<string, string[]> {
	const boxes = [...html.matchAll(BOX)];
	return Object.fromEntries(
		boxes.map(([, field, label]) => [
			field!,
			labels.includes(label!.trim()) ? [label!.trim()] : [],
		]),
	);
}
