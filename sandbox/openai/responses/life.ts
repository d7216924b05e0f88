// Takes a response from its creation to its end: timers, drawing, charge, event.
import { randomBytes } from 'node:crypto';
import type { Lifetime } from '../../lifetime';
import type { TaskStore } from '../../task-store';
import type { Account } from '../accounts/accounts';
import { answerTo } from '../chat/answer';
import { look } from '../chat/colours';
import { REFUSAL, tokensOf } from '../chat/completion';
import { directivesOf } from '../endpoint';
import { moderationBlocked } from '../errors';
import type { CheckedOpenAIFaults } from '../faults';
import { makeImages } from '../images/maker';
import { textTokens } from '../images/tokens';
import { chatRulesOf } from '../models';
import type { EventType } from '../webhooks/endpoints';
import type { WebhookEvents } from '../webhooks/events';
import { responseErrorCode } from './error-codes';
import type { ResponseRequest } from './request';
import type { Ending, ResponseTask, Yield } from './tasks';

/** The main model only calls the tool. */
const TOOL_CALL_TOKENS = 24;
const EARLY_SHARE = 0.4;

interface ResponseLifeParts {
	paceSeconds: number;
	lifetime: Lifetime;
	responses: TaskStore<ResponseTask>;
	events: WebhookEvents;
	/** The key's faults with the prompt's own on top. */
	faultsOf: (task: ResponseTask) => CheckedOpenAIFaults;
}

export class ResponseLife {
	constructor(private readonly parts: ResponseLifeParts) {}

	/** Makes a response. One in the background ends by itself, any other one when `end` is called. */
	create(
		account: Account,
		request: ResponseRequest,
		promptFaults: CheckedOpenAIFaults,
		whenMade: ResponseTask['whenMade'],
	): ResponseTask {
		const seconds = promptFaults.seconds ?? account.faults.seconds ?? this.parts.paceSeconds;
		const hex = randomBytes(24).toString('hex');
		let tellEnded = () => {};
		const ended = new Promise<void>((resolve) => (tellEnded = resolve));
		const task: ResponseTask = {
			id: `resp_${hex}`,
			itemId: `${request.image ? 'ig' : 'msg'}_${hex}`,
			key: account.key,
			createdAt: Date.now(),
			request,
			promptFaults,
			durationMs: seconds * 1000,
			whenMade,
			ended,
			tellEnded,
			callOffEnd: () => undefined,
		};
		this.parts.responses.add(task);
		if (request.background) this.start(task, account);
		return task;
	}

	/** Ends a response now, as its faults say or else as completed. Does nothing when it has ended. */
	end(task: ResponseTask, account: Account, ending = this.endingOf(task)): void {
		if (task.ending) return;
		task.callOffEnd();
		task.ending = ending;
		task.finished = this.finish(task, account, ending);
		task.tellEnded();
	}

	private async finish(task: ResponseTask, account: Account, ending: Ending): Promise<void> {
		if (ending.status === 'completed') {
			try {
				task.result = await this.work(task, account);
			} catch {
				const message = 'An error occurred while processing the response.';
				task.ending = {
					status: 'failed',
					at: Date.now(),
					error: { code: 'server_error', message },
				};
			}
		}
		forgetPictures(task.request);
		if (!task.request.background) return;
		const type = `response.${task.ending?.status ?? ending.status}` as EventType;
		this.parts.events.send(task.key, type, task.id, this.parts.faultsOf(task));
	}

	private start(task: ResponseTask, account: Account): void {
		const { lifetime, events, faultsOf } = this.parts;
		const faults = faultsOf(task);
		if (faults.callback?.early) {
			lifetime.after(task.durationMs * EARLY_SHARE, () => {
				if (!task.ending) events.send(task.key, 'response.completed', task.id, {});
			});
		}
		if (faults.never) return;
		task.callOffEnd = lifetime.after(task.durationMs, () => this.end(task, account));
	}

	private endingOf(task: ResponseTask): Ending {
		const { fail, cancel, incomplete, moderation } = this.parts.faultsOf(task);
		const at = Date.now();
		if (moderation) {
			const { message, callError } = blocked(moderation);
			const error = { code: 'image_content_policy_violation' as const, message };
			return { status: 'failed', at, error, callError };
		}
		if (fail !== undefined) {
			return {
				status: 'failed',
				at,
				error: { code: responseErrorCode(fail), message: `The response failed: ${fail}.` },
			};
		}
		if (cancel) return { status: 'cancelled', at };
		return { status: incomplete ? 'incomplete' : 'completed', at };
	}

	private async work(task: ResponseTask, account: Account): Promise<Yield> {
		const { request } = task;
		const inputTokens = request.input.texts
			.map((text) => textTokens(directivesOf(text).prompt))
			.reduce((sum, one) => sum + one, 0);
		const { refuse } = this.parts.faultsOf(task);
		const result = refuse
			? refused(inputTokens, refuse === 'part')
			: request.image
				? await this.draw(task, inputTokens)
				: await this.write(request, inputTokens);
		const prices = chatRulesOf(request.model)?.prices ?? { input: 0, output: 0 };
		const textDollars =
			(result.inputTokens * prices.input + result.outputTokens * prices.output) / 1_000_000;
		account.purse.charge({
			what: `responses/${task.id}`,
			model: request.image?.job.model ?? request.model,
			images: result.made?.images.length ?? 0,
			dollars: (textDollars + (result.made?.dollars ?? 0)) * request.priceShare,
		});
		return result;
	}

	private async draw(task: ResponseTask, inputTokens: number): Promise<Yield> {
		const { image } = task.request;
		if (!image) throw new Error('This response draws nothing.');
		const { drawnSize } = this.parts.faultsOf(task);
		const made = await makeImages(image.job, { drawnSize });
		task.whenMade(made);
		return { made, inputTokens, outputTokens: TOOL_CALL_TOKENS };
	}

	private async write({ model, input }: ResponseRequest, textIn: number): Promise<Yield> {
		const rules = chatRulesOf(model);
		const pictures = [];
		let inputTokens = textIn;
		for (const { bytes, detail } of input.pictures) {
			const picture = await look(bytes);
			if (!picture) continue;
			pictures.push(picture);
			if (rules) inputTokens += tokensOf(picture, detail, rules);
		}
		const text = answerTo({
			text: directivesOf(input.lastUserText).prompt,
			pictures,
			format: { kind: 'text' },
		});
		return { text, pictures, inputTokens, outputTokens: textTokens(text) };
	}
}

/** The main model says in words that it won't, and calls no tool. */
function refused(inputTokens: number, isRefusal: boolean): Yield {
	return { text: REFUSAL, isRefusal, inputTokens, outputTokens: textTokens(REFUSAL) };
}

/** What was sent in may be large, and after the end nobody needs it. */
function forgetPictures({ input, image }: ResponseRequest): void {
	input.pictures = [];
	if (image) image.job.material = undefined;
}

function blocked(stage: 'input' | 'output') {
	const error = moderationBlocked(stage);
	return { message: error.message, callError: error.json() };
}
