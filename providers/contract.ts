// The contract that every provider keeps and the pipeline relies on: what is wanted, what is sent, what comes back.
import type { PictureReference } from './answers/pictureReference';
import type { ImageFailure } from './failure';

/** Image types that can be told by their first bytes. */
export type ImageType = 'png' | 'jpeg' | 'webp' | 'gif' | 'avif' | 'heic' | 'svg';

/** What can be told of a picture from its first bytes. Dimensions are in pixels, size in bytes. */
export interface ImageFacts {
	type: ImageType | 'unknown';
	bytes: number;
	/** As the picture is seen, turned as its file says. */
	width?: number;
	height?: number;
	/** Set where the file holds the picture lying on its side, as phones do: its width and height are swapped here. */
	isTurned?: boolean;
	/** Set where the file tells only far behind its beginning whether its width and height are to be swapped. */
	mayBeTurned?: boolean;
	/** Whether the picture can be transparent; told for PNG only. */
	hasAlpha?: boolean;
	/** What all its pixels tell; told for masks and markups only. */
	pixels?: PixelFacts;
}

/** What a picture's pixels tell. */
export interface PixelFacts {
	/** Whether none of them is transparent, not even partly. */
	isOpaque: boolean;
	/** Whether it is drawn in black and white, with grey at most along the edges. */
	isBlackAndWhite: boolean;
	/** Whether any of them is white. Told of a picture that is opaque. */
	hasWhite: boolean;
}

/** A file that the person named. */
export interface InputFile {
	/** What the person called it, a binary field or a URL: messages use it. */
	label: string;
	/** Its type, as it is sent. Missing until it is to be sent. */
	mimeType?: string;
}

/** A reference image or a mask. */
export interface InputImage extends InputFile {
	/** Where the provider can fetch it; missing until the file has been uploaded. */
	url?: string;
	/** What stands in the request in the place of its URL, where the provider takes files so. */
	inline?: InlineFile;
	/** The provider's id of an uploaded file, where it takes one in place of a URL. */
	fileId?: string;
	/** Missing for images given by URL: those are looked at by the provider only. */
	facts?: ImageFacts;
}

/** What a picture is for, such as a story, with the pixels that it is to have in the end. */
export interface ImageFormat {
	name: string;
	width: number;
	height: number;
}

/** A file that stands in a request's JSON as a data URI. It isn't held as a text: the pipeline writes it while it sends. */
export interface InlineFile {
	file: InputFile;
	/** The SHA-256 of its bytes as hex: by it, it is known again wherever it isn't written out. */
	digest: string;
}

/** One request for images, in the field's words. What is left out takes the provider's default. */
export interface ImageRequest {
	model: string;
	prompt: string;
	/** `auto`, an aspect ratio such as `3:2`, or pixels such as `1536x1024`. */
	size?: string;
	/** What it is drawn for, where several formats are made of one idea. */
	format?: ImageFormat;
	/** The formats that are made of one idea, in place of one `size`: each is a part of its own (`limits/requestParts.ts`). */
	formats?: readonly ImageFormat[];
	/** Whether the first format is drawn, and the others are made from it. */
	keepMotif?: boolean;
	/** `png`, `jpeg`, `webp`, `gif` or `svg`. */
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
	/** A transparent picture that is laid over the first reference and shows what to do there. */
	markup?: InputImage;
	callbackUrl?: string;
	/** The person's own name for the order, such as an order or row number. Told to a provider that repeats it. */
	orderReference?: string;
}

/** One part of a multipart form: a text, or a file that the pipeline streams. */
export type FormPart =
	| { name: string; value: string; fileName?: string }
	| { name: string; file: InputFile };

/** An HTTP request as a provider describes it. The pipeline adds the credential and sends it. */
export interface HttpRequest {
	method: 'GET' | 'POST' | 'PUT' | 'DELETE';
	url: string;
	headers?: Record<string, string>;
	query?: Record<string, string | number>;
	/** A bigint is written as a number with all its digits, an InlineFile as a data URI, piece by piece. */
	json?: Record<string, unknown>;
	/** Multipart form data, in this order. */
	form?: FormPart[];
	/** A file that is the whole body, under its own type. */
	file?: InputFile;
	/**
	 * Set where the answer may hold pictures: they go straight into n8n's binary store, and in the place of each stands its
	 * reference. Whatever reads like a picture counts, wherever it stands; a text under one of these names in any case.
	 */
	base64Fields?: readonly string[];
	/** What the answer is, if not one JSON value: one on each line, server-sent events, anything that the provider reads, or nothing that is read. */
	responseType?: 'any' | 'events' | 'lines' | 'none';
	/** What is kept of each line of an answer without pictures, where that isn't all of it. Undefined: nothing. */
	keptOfLine?(line: unknown): unknown;
	/** Whether a body that isn't whole JSON tells enough all the same, as one that was cut off behind the task's ID. */
	isUsable?(body: unknown): boolean;
	/** Whether an answer with the status of an error is what was asked for, such as the word on why a task has failed. */
	isAnswer?(answer: HttpAnswer): boolean;
	/** True for a request to somebody else's server, which must not see the credential. */
	isUnsigned?: boolean;
	/** Whether sending it again can neither make nor charge anything a second time. */
	idempotent: boolean;
	/** Whether it is about a model that a person has chosen, as every create is: else no advice speaks of one. */
	namesModel?: true;
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
	/** Whether the request that it answers was about a model. */
	namesModel?: true;
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

/** What a request would cost in US dollars, at least and at most. It is always reckoned, and never the provider's own figure. */
export interface Estimate {
	min: number;
	max: number;
}

/** US dollars per million tokens. */
export interface TokenPrices {
	textIn: number;
	imageIn: number;
	imageOut: number;
	/** Input that the provider had in its cache. */
	cachedTextIn?: number;
	cachedImageIn?: number;
}

/** What a model costs: by its tokens, or US dollars for each image. */
export interface Prices {
	tokens?: TokenPrices;
	perImage?: number;
}

/** A finished image: at a link, in n8n's binary store already under the reference from its answer, or in memory. */
export interface TaskImage {
	/** A web address, or a path on the provider's own host. */
	url?: string;
	stored?: PictureReference;
	/** The picture itself, where it came in pieces. */
	bytes?: Buffer;
	/** References of earlier drafts of it, where the provider has sent some. */
	partials?: PictureReference[];
	revisedPrompt?: string;
}

/** A provider's task. A synchronous provider answers one that is already finished. */
export interface ImageTask {
	/**
	 * What the provider asks for it by: a text that a person can paste. Only the provider's own functions look into it.
	 * Empty where the provider has no tasks, and so nothing to look up later.
	 */
	id: string;
	status: TaskStatus;
	model?: string;
	/** The person's own name for the order, where our request or the provider's answer tells it. */
	orderReference?: string;
	/** 0 to 100. */
	progress?: number;
	images: TaskImage[];
	/** Entries among its images that could not be read. */
	unread?: number;
	/** What it was to make, as far as that is known: by our request, or where the answer repeats it. */
	asked?: { count?: number; size?: string; prompt?: string; format?: ImageFormat };
	/** Why it failed, or has fewer images than were asked for, in the provider's words. */
	failure?: { code: string; message: string };
	/** The provider's own account of what was used, for the whole task. */
	usage?: Record<string, unknown>;
	/** What it was charged for, in the provider's units, where only a price list tells what one costs. */
	units?: number;
	cost?: Cost;
	/** The number that a model's chance began with; a text where it has more digits than a number holds. */
	seed?: number | string;
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
	maxRatio: number;
	/** Longest long side and longest short side. */
	longest: readonly [number, number];
	min: number;
	max: number;
}

export interface MaskLimits {
	types: readonly ImageType[];
	/** Most bytes of the file. */
	maxBytes?: number;
	/** Whether a file of just so many bytes is too large. */
	belowMaxBytes?: boolean;
	/** Whether it works with one reference image only. */
	exactlyOneReference: boolean;
	/** Types that the reference image must have. */
	referenceTypes?: readonly ImageType[];
	needsAlpha: boolean;
	/** Whether white is what gets changed where no part is transparent. */
	marksInWhite?: boolean;
}

export interface ReferenceLimits {
	max: number;
	maxBytes: number;
	/** Whether a file of just so many bytes is too large. */
	belowMaxBytes?: boolean;
	types: readonly ImageType[];
}

/** What can't be together with an output format. */
export interface FormatLimits {
	extras?: readonly string[];
	noMask?: boolean;
	/** The pixels that one of several formats is drawn at, where it is drawn in this output format. */
	drawnPixels?: PixelLimits;
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
	/** The pixels that one of several formats is drawn at, where `pixels` doesn't tell and pixels are taken. */
	drawnPixels?: PixelLimits;
	/** Whether there is no setting for the size, so that it is wished for in the prompt. */
	sizeInWords?: boolean;
	/** Where only pixels are taken: an aspect ratio becomes a width and a height that are divisible by this. */
	ratioStep?: number;
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
	/** Extras that work only with one output format. */
	extraFormats?: Readonly<Record<string, string>>;
	/** By output format. */
	formatLimits?: Readonly<Record<string, FormatLimits>>;
	counts: readonly number[];
	/** Where one task makes fewer images than a person may ask for, several tasks are made. It may depend on the rest of the request. */
	maxPerTask?: number | ((request: ImageRequest) => number);
	references: ReferenceLimits;
	/** `none` where the model takes no mask. */
	mask: MaskLimits | 'none';
	/** Left out where the model takes no markup. */
	markup?: MaskLimits;
}

/** A delivery to a webhook, exactly as it arrived. */
export interface SignedDelivery {
	/** Header names in lower case. */
	headers: Readonly<Record<string, unknown>>;
	/** Parsed and written again, it has another signature. */
	rawBody: Buffer;
}

/** One wire protocol: pure functions from requests to HTTP and from HTTP to tasks. */
export interface ImageProvider {
	/** Raised when a provider that keeps the contract as it was would be misread. */
	contractVersion: 1;
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
	/**
	 * What the request would cost by the price list, or by `own` prices in its place. Undefined where that isn't known. Of
	 * input images only their number counts, so that no file is read for it.
	 */
	estimate?(request: ImageRequest, own?: Prices): Estimate | undefined;
	/** What decides of the images besides the request, such as the model that calls the one that draws. */
	orderedWith?: string;
	submit(request: ImageRequest, idempotencyKey: string): HttpRequest;
	/** Missing where a create answers with the finished images, after all the time that they take. */
	poll?(taskId: string): HttpRequest;
	/** Where a task can be stopped. */
	cancel?(taskId: string): HttpRequest;
	/** Whether the task had ended before, by the answer to a cancel of whatever status. Left out where that answer is the task. */
	cameTooLate?(answer: HttpAnswer): boolean;
	/**
	 * Throws an ImageFailure when the answer isn't a task, and `noImage` when it has none and there is no task to look up.
	 * The request tells what the answer to it may leave out, and so does the ID that a task was asked for by.
	 */
	readTask(answer: HttpAnswer, request?: ImageRequest, taskId?: string): ImageTask;
	/** Where a task's end is told by one answer, and what it has come to by another. */
	result?: {
		/** Undefined for a task of which there is no more to know. */
		request(task: ImageTask): HttpRequest | undefined;
		/** The task with its images, or why it has none; still at work where the answer says so. */
		read(answer: HttpAnswer, task: ImageTask): ImageTask;
	};
	/** What a unit of a model costs in US dollars, where tasks tell their `units` only. Undefined where nobody tells. */
	unitPrice?: {
		request(model: string): HttpRequest;
		read(answer: HttpAnswer, model: string): number | undefined;
	};
	/** Where one request can ask for many tasks; those unknown to the provider are left out. */
	pollMany?: {
		max: number;
		request(taskIds: string[]): HttpRequest;
		read(answer: HttpAnswer): ImageTask[];
	};
	/** Names what went wrong in an answer whose status isn't 2xx. */
	readFailure(answer: HttpAnswer): ImageFailure;
	/** Says why a task ended as failed or cancelled. */
	readTaskFailure(task: ImageTask): ImageFailure;
	/**
	 * The id of the task that a callback speaks of, by its body and the query of the address that it came to; undefined
	 * when it isn't a task. Nothing else of it is believed.
	 */
	readCallback?(body: unknown, query: unknown): string | undefined;
	/** Where callbacks are signed with a key that the provider publishes. */
	signature?: {
		keys(): HttpRequest;
		/** Why the delivery can't be believed, or undefined when one of the keys has signed it. */
		refusalOf(delivery: SignedDelivery, keys: unknown, nowSeconds: number): string | undefined;
	};
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

/** A provider that tells which models an account can use. */
export interface ModelRoute<Model = string> {
	models(): HttpRequest;
	readModels(answer: HttpAnswer): Model[];
}

/** What an account has left, in money, beside what else the provider tells of it. */
export interface Balance {
	balance: number;
	/** By ISO 4217, as `USD`. */
	currency: string;
}

/** A provider that tells what an account has left. */
export interface BalanceRoute {
	balance(): HttpRequest;
	readBalance(answer: HttpAnswer): Balance;
	/** What to do where the key may draw, but not see the balance. */
	balanceAdvice?: string;
}
