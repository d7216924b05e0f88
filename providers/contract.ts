// The contract that every provider keeps and the pipeline relies on: what is wanted, what is sent, what comes back.
import type { ImageFailure } from './failure';

/** Image types that can be told by their first bytes. */
export type ImageType = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'heic' | 'svg';

/** What can be told of a picture from its first bytes. Dimensions are in pixels, size in bytes. */
export interface ImageFacts {
	type: ImageType | 'unknown';
	bytes: number;
	width?: number;
	height?: number;
	/** Whether the picture can be transparent; told for PNG only. */
	hasAlpha?: boolean;
}

/** A file that the person named. */
export interface InputFile {
	/** What the person called it, a binary field or a URL: messages use it. */
	label: string;
}

/** A reference image or a mask. */
export interface InputImage extends InputFile {
	/** Where the provider can fetch it; missing until the file has been uploaded. */
	url?: string;
	/** The provider's id of an uploaded file, where it takes one in place of a URL. */
	fileId?: string;
	/** Missing for images given by URL: those are looked at by the provider only. */
	facts?: ImageFacts;
}

/** One request for images, in the field's words. What is left out takes the provider's default. */
export interface ImageRequest {
	model: string;
	prompt: string;
	/** `auto`, an aspect ratio such as `3:2`, or pixels such as `1536x1024`. */
	size?: string;
	/** `png`, `jpeg` or `webp`. */
	outputFormat?: string;
	/** `auto`, `opaque` or `transparent`. */
	background?: string;
	/** 0 to 100, for formats that have it. */
	compression?: number;
	/** What only this provider has, under its own names. */
	extras?: Record<string, unknown>;
	/** `1K`, `2K` or `4K`, together with an aspect ratio. */
	resolution?: string;
	quality?: string;
	count: number;
	references: InputImage[];
	mask?: InputImage;
	callbackUrl?: string;
}

/** One part of a multipart form: a text, or a file that the pipeline streams. */
export type FormPart =
	| { name: string; value: string; fileName?: string }
	| { name: string; file: InputFile };

/** An HTTP request as a provider describes it. The pipeline adds the credential and sends it. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'DELETE';
	url: string;
	headers?: Record<string, string>;
	query?: Record<string, string | number>;
	json?: Record<string, unknown>;
	/** Multipart form data, in this order. */
	form?: FormPart[];
	/**
	 * Set where the answer may hold pictures: they go straight into n8n's binary store, and in the place of each stands its
	 * reference. Whatever reads like a picture counts, wherever it stands; a text under one of these names in any case.
	 */
	base64Fields?: readonly string[];
	/** What the answer is, if not one JSON value: one on each line, server-sent events, anything that the provider reads, or nothing that is read. */
	answerForm?: 'any' | 'events' | 'lines' | 'none';
	/** Whether a body that isn't whole JSON tells enough all the same, as one that was cut off behind the task's ID. */
	isUsable?(body: unknown): boolean;
	/** True for a request to somebody else's server, which must not see the credential. */
	isUnsigned?: boolean;
	/** Whether sending it again can neither make nor charge anything a second time. */
	repeatable: boolean;
}

/** One server-sent event, with its data parsed. */
export interface StreamEvent {
	name?: string;
	data: unknown;
}

/** An HTTP answer as the pipeline received it: parsed JSON where it was JSON, else text. */
export interface HttpAnswer {
	status: number;
	/** Header names are in lower case. */
	headers: Record<string, string>;
	/** In the place of a base64 picture that has been stored stands its reference. */
	body: unknown;
	/** Why a stream of events or lines ended early, or lacks a picture. */
	interruption?: ImageFailure;
	/** How many requests it took: after the first, a replay may be our own. */
	tries?: number;
	receivedAt: Date;
}

export type TaskStatus = 'queued' | 'running' | 'succeeded' | 'failed' | 'cancelled';

/** What an image cost. Credits are the provider's own unit. */
export interface Cost {
	amount: number;
	currency: 'USD';
	credits?: number;
	/** True when we computed it, or when the provider called it an estimate. */
	estimated: boolean;
}

/** A finished image: at a link, in n8n's binary store already under the reference from its answer, or in memory. */
export interface TaskImage {
	/** A web address, or a path on the provider's own host. */
	url?: string;
	stored?: string;
	/** The picture itself, where it came in pieces. */
	bytes?: Buffer;
	/** References of earlier drafts of it, where the provider has sent some. */
	partials?: string[];
	revisedPrompt?: string;
}

/** A provider's task. A synchronous provider answers one that is already finished. */
export interface ImageTask {
	/** Empty where the provider has no tasks, and so nothing to look up later. */
	id: string;
	status: TaskStatus;
	model?: string;
	/** 0 to 100. */
	progress?: number;
	images: TaskImage[];
	/** Entries among its images that could not be read. */
	unread?: number;
	/** Why it failed, or has fewer images than were asked for, in the provider's words. */
	failure?: { code: string; message: string };
	/** The provider's own account of what was used, for the whole task. */
	usage?: Record<string, unknown>;
	cost?: Cost;
	/** How long the provider expects it to take, from its start. */
	etaSeconds?: number;
	createdAt?: Date;
	/** When the links stop working. */
	expiresAt?: Date;
	/** True when the answer repeats an earlier request with the same idempotency key. */
	replayed?: boolean;
	raw: Record<string, unknown>;
}

/** A file that the provider keeps for us. */
export interface UploadedFile {
	id?: string;
	url?: string;
	name?: string;
	bytes?: number;
	mimeType?: string;
	expiresAt?: string;
}

/** Rules for a free width and height. */
export interface PixelLimits {
	/** Both sides must be divisible by this. */
	step: number;
	/** The longer side may be this many times the shorter one. */
	mostRatio: number;
	/** Longest long side and longest short side. */
	longest: readonly [number, number];
	least: number;
	most: number;
}

export interface MaskLimits {
	types: readonly ImageType[];
	/** Most bytes of the file. */
	maxBytes?: number;
	/** Whether it works with one reference image only. */
	exactlyOneReference: boolean;
	/** Types that the reference image must have. */
	referenceTypes?: readonly ImageType[];
	needsAlpha: boolean;
}

export interface ReferenceLimits {
	most: number;
	maxBytes: number;
	types: readonly ImageType[];
}

/** What a model takes. */
export interface ModelLimits {
	prompt: { maxCharacters?: number; recommendedTokens?: number; mayBeEmpty?: boolean };
	/** The only sizes that are taken; left out where any may be. */
	sizes?: readonly string[];
	/** Whether a size may also be a word of the model's own, such as `landscape_16_9`. */
	sizeWords?: boolean;
	/** What free sizes in pixels must keep to. */
	pixels?: PixelLimits;
	/** The only resolutions that are taken; left out where any may be. */
	resolutions?: readonly string[];
	/** The only qualities that are taken; left out where any may be. */
	qualities?: readonly string[];
	/** The only output formats that are taken; left out where any may be. */
	outputFormats?: readonly string[];
	/** The only backgrounds that are taken; left out where any may be. */
	backgrounds?: readonly string[];
	/** The only extras that are taken; left out where any may be. */
	extras?: readonly string[];
	/** The only values of an extra that are taken, where not any may be. */
	extraValues?: Readonly<Record<string, readonly string[]>>;
	/** Extras that work only with input images, or only without any. */
	extraUses?: Readonly<Record<string, 'edit' | 'generate'>>;
	counts: readonly number[];
	/** Where one task makes fewer images than a person may ask for, several tasks are made. */
	mostPerTask?: number;
	references: ReferenceLimits;
	/** `none` where the model takes no mask. */
	mask: MaskLimits | 'none';
}

/** One wire protocol: pure functions from requests to HTTP and from HTTP to tasks. */
export interface ImageProvider {
	/** Name in messages, e.g. `EvoLink`. */
	name: string;
	/** Name in data and file names, e.g. `evolink`. */
	id: string;
	/** How long result links work, in words, for messages. */
	linkLifetime: string;
	/** Where a person finds out what became of a create that got no answer, as a sentence. */
	whereToLook: string;
	/** Whether a create that comes again with the same idempotency key answers with the task that is there already. */
	honoursKeys: boolean;
	/** Whether input images must be on the web first, are sent along as files, or stand in the request as data URIs. */
	inputImages: 'uploaded' | 'sent' | 'inline';
	/** What a model takes; for one that isn't known, nothing is refused that it might take. */
	limits(model: string): ModelLimits;
	submit(request: ImageRequest, idempotencyKey: string): HttpRequest;
	/** Missing where a create answers with the finished images, after all the time that they take. */
	poll?(taskId: string): HttpRequest;
	/** Where a task can be stopped. */
	cancel?(taskId: string): HttpRequest;
	/**
	 * Throws an ImageFailure when the answer isn't a task, and `noImage` when it has none and there is no task to look up.
	 * The request tells what the answer to it may leave out.
	 */
	readTask(answer: HttpAnswer, request?: ImageRequest): ImageTask;
	/** Where one request can ask for many tasks; those unknown to the provider are left out. */
	pollMany?: {
		most: number;
		request(taskIds: string[]): HttpRequest;
		read(answer: HttpAnswer): ImageTask[];
	};
	/** Names what went wrong in an answer whose status isn't 2xx. */
	readFailure(answer: HttpAnswer): ImageFailure;
	/** Says why a task ended as failed or cancelled. */
	readTaskFailure(task: ImageTask): ImageFailure;
	/** The id of the task that a callback's body speaks of; undefined when it isn't a task. Nothing else of it is believed. */
	readCallback?(body: unknown): string | undefined;
	/** Takes a file and answers where it lies. Needed where input images are uploaded. */
	upload?: {
		/** Most bytes of a file; left out where any may be. */
		maxBytes?: number;
		request(file: InputFile): HttpRequest;
		/** Where the first answer only tells where to send the file: that request. */
		follow?(answer: HttpAnswer, file: InputFile): HttpRequest;
		read(answer: HttpAnswer): UploadedFile;
	};
}
