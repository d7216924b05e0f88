// Keeps what each call asked for, as the gateway understood it, and what it got.
import type { PixelSize } from '../drawing/sizes';
import { OpenAIError } from '../openai/errors';
import type { SeenImage } from './draw';
import type { Shape } from './faults';
import type { TextMessage } from './request';

export interface ChatCallRecord {
	/** ISO time. */
	at: string;
	key: string;
	model?: string;
	/** In which the answer was given. */
	shape?: Shape;
	/** Directives and all. */
	messages: TextMessage[];
	/** All but the messages. */
	parameters: Record<string, unknown>;
	modalities?: string[];
	imagesIn: SeenImage[];
	imagesOut: Array<PixelSize & { bytes: number }>;
	dollars: number;
	/** 0 while it is being worked on. */
	status: number;
	errorCode?: string | null;
}

const RECORD_LIMIT = 2_000;

export class ChatCalls {
	readonly records: ChatCallRecord[] = [];

	/** Records a call around its work; a refusal is recorded with its code and thrown on. */
	async around<Result>(
		key: string,
		body: Record<string, unknown>,
		work: (record: ChatCallRecord) => Promise<Result>,
	): Promise<Result> {
		const record: ChatCallRecord = {
			at: new Date().toISOString(),
			key,
			...(typeof body.model === 'string' && { model: body.model }),
			messages: [],
			parameters: Object.fromEntries(Object.entries(body).filter(([name]) => name !== 'messages')),
			imagesIn: [],
			imagesOut: [],
			dollars: 0,
			status: 0,
		};
		this.records.push(record);
		if (this.records.length > RECORD_LIMIT) this.records.shift();
		try {
			const result = await work(record);
			record.status = 200;
			return result;
		} catch (error) {
			record.status = error instanceof OpenAIError ? error.status : 500;
			if (error instanceof OpenAIError) record.errorCode = error.json().code as string | null;
			throw error;
		}
	}
}
