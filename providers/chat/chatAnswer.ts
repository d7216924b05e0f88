// A chat answer, put together from its chunks: one JSON body is one chunk, an event stream has many. Each field is read
// by itself, so that an odd one takes none of the others with it, and pictures are decoded as they come.
import { errorOf, toldErrorIn, type ToldError } from '../answers/toldError';
import { isObject } from '../answers/loose';
import { imagesOf, noEntries, type Entries } from './chatEntries';
import { hasItsEnd, type Reading } from './pictures';
import { TextLifter } from './textLifter';

/** One choice, with references in the places of the pictures in its text. */
export interface Choice {
	text: string;
	images: Entries;
	parts: Entries;
	refusal: string;
	/** Whether its text ends in the middle of a picture. */
	isCut: boolean;
}

export interface ChatAnswer {
	choices: Choice[];
	/** Outside of all choices, as the Images API has them. */
	images: Entries;
	error?: ToldError;
	model?: string;
	/** Whatever was counted, under the gateway's own names. */
	usage?: Record<string, unknown>;
	/** Whether a filter held something back. */
	isFiltered: boolean;
	/** Whether more was to come. */
	isBrokenOff: boolean;
}

/** What has come of one choice. */
interface Draft {
	text: TextLifter;
	images: Entries;
	parts: Entries;
	refusal: string;
	hasEnded: boolean;
}

/** A picture's head without the picture. */
const CUT_HEAD = /(?:data:image\/?[^\s"'()<>]{0,100}|base64:\/\/[\w+/=-]{0,20})$/i;
const LONGEST_CUT_HEAD = 200;

export class AnswerReader {
	private readonly drafts = new Map<number, Draft>();
	private readonly images = noEntries();
	private error: ToldError | undefined;
	private isFiltered = false;
	private model: string | undefined;
	private usage: Record<string, unknown> | undefined;

	constructor(private readonly reading: Reading) {}

	/** `numberOf` tells which choice an entry of the chunk's list belongs to. */
	add(chunk: unknown, numberOf: (index: unknown, position: number) => number): void {
		if (!isObject(chunk)) return;
		const { choices, data, images, model, usage } = chunk;
		if (typeof model === 'string') this.model ??= model;
		if (isObject(usage)) this.usage = usage;
		this.error = errorOf(chunk.error) ?? this.error;
		for (const list of [data, images]) {
			join(this.images, imagesOf(list, this.reading));
			// In the place of a picture that was not made there may be the reason.
			this.error ??= listOf(list)
				.filter(isObject)
				.map(({ error }) => errorOf(error))
				.find(Boolean);
		}
		for (const [position, choice] of listOf(choices).entries()) {
			if (isObject(choice)) this.addChoice(choice, numberOf(choice.index, position));
		}
	}

	/** A stream says that it is complete; one that doesn't may have been cut. */
	end(isComplete: boolean): ChatAnswer {
		const drafts = [...this.drafts].sort(([a], [b]) => a - b).map(([, draft]) => draft);
		const isEmpty = drafts.length === 0 && this.images.images.length === 0;
		return {
			choices: drafts.map((draft) => this.finished(draft, isComplete || draft.hasEnded)),
			images: this.images,
			error: this.error,
			isFiltered: this.isFiltered,
			model: this.model,
			usage: this.usage,
			isBrokenOff: !isComplete && (isEmpty || drafts.some(({ hasEnded }) => !hasEnded)),
		};
	}

	private addChoice(choice: Record<string, unknown>, number: number): void {
		this.error = errorOf(choice.error) ?? this.error;
		if (choice.finish_reason === 'content_filter') this.isFiltered = true;
		const said = choice.delta ?? choice.message;
		const hasEnded = typeof choice.finish_reason === 'string';
		if (!isObject(said) && !hasEnded) return;
		const draft = this.drafts.get(number) ?? newDraft(this.reading);
		this.drafts.set(number, draft);
		draft.hasEnded ||= hasEnded;
		if (isObject(said)) this.addMessage(draft, said);
	}

	private addMessage(draft: Draft, said: Record<string, unknown>): void {
		const { content, images, refusal } = said;
		if (typeof content === 'string') draft.text.write(content);
		else this.addParts(draft, content);
		join(draft.images, imagesOf(images, this.reading));
		if (typeof refusal === 'string') draft.refusal += refusal;
	}

	/** Parts are texts and images. A text that comes in several chunks is one. */
	private addParts(draft: Draft, content: unknown): void {
		const parts = Array.isArray(content) ? (content as unknown[]) : [content];
		const texts = parts.map(textOf).filter((text) => text !== '');
		draft.text.write(texts.join('\n'));
		for (const part of parts) draft.refusal += refusalOf(part);
		const others = parts.filter((part) => typeof part !== 'string');
		join(draft.parts, imagesOf(others, this.reading));
	}

	private finished({ text: lifter, ...draft }: Draft, isComplete: boolean): Choice {
		const { text, lastPicture } = lifter.end();
		const bytes = this.reading.pictures.find(lastPicture);
		const isPictureCut = bytes !== undefined && !isComplete && !hasItsEnd(bytes);
		const kept = isPictureCut ? text.slice(0, -lastPicture.length) : text;
		const isCut = isPictureCut || CUT_HEAD.test(text.slice(-LONGEST_CUT_HEAD));
		return { text: kept, images: draft.images, parts: draft.parts, refusal: draft.refusal, isCut };
	}
}

/** An answer that came as one JSON value. */
export function readWhole(body: unknown, reading: Reading): ChatAnswer {
	const reader = new AnswerReader(reading);
	// A list alone is that of the Images API.
	reader.add(Array.isArray(body) ? { data: body } : body, (_index, position) => position);
	const answer = reader.end(true);
	if (answer.choices.length === 0 && answer.images.images.length === 0) {
		join(answer.images, imagesOf(body, reading));
		answer.error ??= toldErrorIn(body);
	}
	return answer;
}

function newDraft({ pictures }: Reading): Draft {
	return {
		text: new TextLifter(pictures),
		images: noEntries(),
		parts: noEntries(),
		refusal: '',
		hasEnded: false,
	};
}

/** One after the other: there may be more than a call takes arguments. */
function join(all: Entries, more: Entries): void {
	for (const image of more.images) all.images.push(image);
	for (const words of more.words) all.words.push(words);
	all.unread += more.unread;
}

function listOf(value: unknown): unknown[] {
	return Array.isArray(value) ? (value as unknown[]) : [];
}

function refusalOf(part: unknown): string {
	return isObject(part) && typeof part.refusal === 'string' ? part.refusal : '';
}

function textOf(part: unknown): string {
	if (typeof part === 'string') return part;
	return isObject(part) && typeof part.text === 'string' ? part.text : '';
}
