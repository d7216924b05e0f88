// How a task ends: what its result answers, what it costs, how long the result is kept.
import { randomBytes } from 'node:crypto';
import { roundDollars } from './accounts';
import { errorAnswer, type FalError } from './errors';
import type { CheckedFalFaults } from './faults';
import { writeJson } from './big-json';
import { type Made, type MadeImage, mimeTypeOf, outputOf } from './output';
import { MASK_INDEX, type Results } from './results';
import type { Ending, Task } from './tasks';

const MINUTE = 60_000;
/** A result of so many bytes is kept for a shorter time. An account that stores its payloads has both for 30 days: the sandbox's don't. */
const LARGE = 10 * 1024;
const KEPT_MINUTES = { small: 60, large: 6 };

export interface EnderParts {
	results: Results;
	faultsOf: (task: Task) => CheckedFalFaults;
	linkOf: (task: Task, index: number) => string;
}

export class Ender {
	constructor(private readonly parts: EnderParts) {}

	async succeededOf(task: Task): Promise<Ending> {
		const { job, model } = task;
		if (!job || !model) throw new Error(`The task ${task.id} was never prepared.`);
		const { fewerImages = 0, black } = this.parts.faultsOf(task);
		const imagesMade = Math.max(0, job.count - fewerImages);
		const images = await Promise.all(
			Array.from({ length: imagesMade }, async (_none, index) =>
				this.imageOf(task, index, black === 'all' || black === index),
			),
		);
		const { maskField } = model.output;
		const hasMask = maskField !== undefined && job.input[maskField] === true;
		const made: Made = {
			images,
			...(hasMask && { mask: await this.imageOf(task, MASK_INDEX, false) }),
			seed: seedOf(job.input.seed),
			inferenceTime: task.durationMs / 1000,
		};
		const units = model.price.unitsOf({ ...job, count: imagesMade });
		const answer = { status: 200, headers: unitsHeader(units), body: outputOf(model, job, made) };
		return {
			...this.ending(task, answer),
			status: 'succeeded',
			imagesMade,
			units,
			cost: roundDollars(units * model.price.unitPrice),
			isInline: job.isInline,
		};
	}

	failedOf(task: Task, error: FalError): Ending {
		const { paidFailure, detail } = this.parts.faultsOf(task);
		const { job, model } = task;
		const units = paidFailure && job && model ? model.price.unitsOf(job) : 0;
		const answer = inForm(errorAnswer(error), detail);
		const isModels = error.status === 422;
		return {
			...this.ending(task, {
				...answer,
				headers: { ...answer.headers, ...((isModels || units > 0) && unitsHeader(units)) },
			}),
			status: 'failed',
			error:
				typeof error.detail === 'string' ? error.detail : `Invalid status code: ${error.status}`,
			...(answer.headers?.['x-fal-error-type'] !== undefined && {
				errorType: answer.headers['x-fal-error-type'],
			}),
			units,
			cost: roundDollars(units * (model?.price.unitPrice ?? 0)),
			isMissingPath: !model,
		};
	}

	cancelledOf(task: Task, error: FalError): Ending {
		return { ...this.failedOf(task, error), status: 'cancelled', units: 0, cost: 0 };
	}

	private ending(task: Task, answer: Ending['answer']): Omit<Ending, 'status'> {
		const { resultLifetimeSeconds } = this.parts.faultsOf(task);
		const isLarge = writeJson(answer.body).length >= LARGE;
		const usual = (isLarge ? KEPT_MINUTES.large : KEPT_MINUTES.small) * MINUTE;
		const at = Date.now();
		const kept = resultLifetimeSeconds === undefined ? usual : resultLifetimeSeconds * 1000;
		return { at, answer, imagesMade: 0, units: 0, cost: 0, resultExpiresAt: at + kept };
	}

	private async imageOf(task: Task, index: number, isBlack: boolean): Promise<MadeImage> {
		const { linkOf, results } = this.parts;
		const link = linkOf(task, index);
		const fileName = link.split('/').at(-1) ?? '';
		if (!task.job?.isInline) return { url: link, fileName, isBlack };
		const bytes = (await results.image(task, index, isBlack)) ?? Buffer.alloc(0);
		const url = `data:${mimeTypeOf(task.job.format)};base64,${bytes.toString('base64')}`;
		return { url, fileName, fileSize: bytes.length, isBlack };
	}
}

const unitsHeader = (units: number) => ({ 'x-fal-billable-units': String(units) });

/** As it was given, or any of 64 bits: more than a double holds. */
function seedOf(given: unknown): number | bigint {
	if (typeof given === 'number' || typeof given === 'bigint') return given;
	return randomBytes(8).readBigUInt64BE() | (1n << 63n);
}

function inForm(answer: Ending['answer'], form: CheckedFalFaults['detail']): Ending['answer'] {
	const body = answer.body as { detail: string | Array<{ msg: string }> };
	const list = typeof body.detail === 'string' ? undefined : body.detail;
	switch (form) {
		case 'text':
			return list ? { ...answer, body: { ...body, detail: list[0]?.msg } } : answer;
		case 'list':
			if (list) return answer;
			return {
				...answer,
				body: { ...body, detail: [{ loc: ['body'], msg: body.detail, type: 'value_error' }] },
			};
		case 'object':
			return { ...answer, body: { ...body, detail: list?.[0] ?? { msg: body.detail } } };
		case undefined:
			return answer;
	}
}
