// Keeps what each paid call asked for, as the sandbox understood it, and what it got.
import type { PixelSize } from '../drawing/sizes';
import type { Answer } from '../http/answer';
import type { Call } from './endpoint';
import { OpenAIError } from './errors';
import type { Values } from './fields';
import type { ImageJob, InputImage } from './images/job';
import { mimeTypeOf } from './images/links';
import type { MadeImages } from './images/maker';

export interface OutputImage extends PixelSize {
	type: string;
	bytes: number;
}

export interface CallRecord {
	/** ISO time. */
	at: string;
	key: string;
	/** For example "images/generations". */
	route: string;
	model?: string;
	/** What was sent, without pictures and without base64. */
	parameters: Values;
	organization?: string;
	project?: string;
	imagesIn: InputImage[];
	maskIn?: InputImage;
	markupIn?: InputImage;
	imagesOut: OutputImage[];
	dollars: number;
	/** 0 while it is being worked on. */
	status: number;
	errorCode?: string | null;
}

const RECORD_LIMIT = 2_000;

export class CallLog {
	readonly records: CallRecord[] = [];

	/** Records a call around its work; a refusal is recorded with its code and thrown on. */
	async around(
		call: Call<unknown>,
		route: string,
		parameters: Values,
		work: (record: CallRecord) => Promise<Answer>,
	): Promise<Answer> {
		const record = this.begin(call, route, parameters);
		try {
			const answer = await work(record);
			record.status = answer.status;
			return answer;
		} catch (error) {
			record.status = error instanceof OpenAIError ? error.status : 500;
			if (error instanceof OpenAIError) record.errorCode = error.json().code as string | null;
			throw error;
		}
	}

	private begin({ account, request }: Call<unknown>, route: string, parameters: Values) {
		const { 'openai-organization': organization, 'openai-project': project } = request.headers;
		const { model } = parameters;
		const record: CallRecord = {
			at: new Date().toISOString(),
			key: account.key,
			route,
			...(typeof model === 'string' && { model }),
			parameters: withoutData(parameters) as Values,
			...(typeof organization === 'string' && { organization }),
			...(typeof project === 'string' && { project }),
			imagesIn: [],
			imagesOut: [],
			dollars: 0,
			status: 0,
		};
		this.records.push(record);
		if (this.records.length > RECORD_LIMIT) this.records.shift();
		return record;
	}
}

export function noteJob(record: CallRecord, { material }: ImageJob): void {
	record.imagesIn = material?.images ?? [];
	if (material?.maskFacts) record.maskIn = material.maskFacts;
	if (material?.markupFacts) record.markupIn = material.markupFacts;
}

export function noteImages(record: CallRecord, job: ImageJob, made: MadeImages): void {
	record.imagesOut = made.images.map(({ length }) => ({
		type: mimeTypeOf(job.format),
		...made.size,
		bytes: length,
	}));
	record.dollars = made.dollars;
}

/** Leaves the text of data URIs out, wherever they stand. */
function withoutData(value: unknown): unknown {
	if (typeof value === 'string') {
		const data = /^data:[^,]{0,100},/.exec(value)?.[0];
		return data === undefined ? value : `${data}(${value.length - data.length} characters)`;
	}
	if (Array.isArray(value)) return value.map(withoutData);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([name, of]) => [name, withoutData(of)]));
}
