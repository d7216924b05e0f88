// Core.Today's predictions. Source: Core.Today's API pages, which describe two dialects.
import { parseAnswer, unreadable } from '../answer';
import type {
	FormPart,
	HttpAnswer,
	HttpRequest,
	ImageProvider,
	ImageRequest,
	ImageTask,
	InputFile,
	InputImage,
	TaskStatus,
	UploadedFile,
} from '../contract';
import { NO_CODE } from '../failureRules';
import { given } from '../given';
import { joinVersioned } from '../url';
import { errorIn, readFailure, readTaskFailure } from './failures';
import { limitsOf } from './models';
import { costOf } from './prices';
import { idSchema, linksSchema, NAMES, objectSchema, STATUSES, uploadUrlSchema } from './schemas';

const NAME = 'Core.Today';

/** How input files reach Core.Today: with the prediction, or into its storage first. */
export type FileWay = 'multipart' | 'storage';

/** Extras of a request that aren't part of the model's input. */
interface PredictionExtras {
	/** As `readOutputFolder` in `outputFolder.ts` answers it. */
	outputFolder?: string;
	isPublic?: boolean;
	moderation?: string;
	/** For models with settings of their own: passed on as it is. */
	additionalInput?: Record<string, unknown>;
}

/** Core.Today as a provider. There is no idempotency key, so a create is never repeated in doubt. */
export function createCoreToday(baseUrl: string, fileWay: FileWay) {
	const get = (path: string): HttpRequest => ({
		method: 'GET',
		url: joinVersioned(baseUrl, path),
		repeatable: true,
	});
	const post = (path: string): HttpRequest => ({
		method: 'POST',
		url: joinVersioned(baseUrl, path),
		repeatable: false,
	});
	return {
		name: NAME,
		id: 'coretoday',
		linkLifetime: 'a limited time',
		whereToLook: 'Your Core.Today account shows which images were made.',
		honoursKeys: false,
		inputImages: fileWay === 'storage' ? 'uploaded' : 'sent',
		limits: limitsOf,
		submit: (request: ImageRequest): HttpRequest =>
			fileWay === 'multipart' && request.references.length > 0
				? { ...post('/predictions/upload'), form: predictionForm(request) }
				: { ...post('/predictions'), json: predictionBody(request) },
		poll: (taskId: string) => get(`/predictions/${encodeURIComponent(taskId)}`),
		readTask: readPrediction,
		readFailure,
		readTaskFailure,
		readCallback: (body: unknown) => idIn(body),
		upload: {
			request: (file: InputImage): HttpRequest => ({
				...post('/files/upload-url'),
				json: { filename: nameOf(file), folder: 'n8n', metadata: {} },
				repeatable: true,
			}),
			/** The second step goes to the storage itself, which knows no key: all given fields, and the file last. */
			follow: (answer: HttpAnswer, file: InputFile): HttpRequest => {
				const { upload_url, upload_fields } = parseAnswer(uploadUrlSchema, answer, NAME);
				const fields = Object.entries(upload_fields).map(([name, value]) => ({ name, value }));
				return {
					method: 'POST',
					url: upload_url,
					form: [...fields, { name: 'file', file }],
					isUnsigned: true,
					answerForm: 'none',
					repeatable: true,
				};
			},
			read: (answer: HttpAnswer): UploadedFile => ({
				url: parseAnswer(uploadUrlSchema, answer, NAME).file_url,
			}),
		},
	} satisfies ImageProvider;
}

function predictionBody(request: ImageRequest): Record<string, unknown> {
	const urls = request.references.map(({ url }) => url);
	const files = urls.length > 0 ? { input_images: urls } : {};
	return given({
		model: request.model,
		input: given<unknown>({ ...inputOf(request), ...files }),
		...settingsOf(request),
	});
}

/** Multipart: `input` is JSON as text, and each file is a part named after its input key. */
function predictionForm(request: ImageRequest): FormPart[] {
	const settings = Object.entries(given(settingsOf(request)));
	return [
		{ name: 'model', value: request.model },
		{ name: 'input', value: JSON.stringify(given(inputOf(request))) },
		...settings.map(([name, value]) => ({ name, value: String(value) })),
		...request.references.map((file) => ({ name: 'file:input_images', file })),
	];
}

function inputOf(request: ImageRequest): Record<string, unknown> {
	const { additionalInput, moderation } = extrasOf(request);
	return {
		prompt: request.prompt || undefined,
		aspect_ratio: request.size,
		quality: request.quality,
		background: request.background,
		output_format: request.outputFormat,
		output_compression: request.compression,
		moderation,
		...additionalInput,
	};
}

function settingsOf(request: ImageRequest): Record<string, unknown> {
	const { outputFolder, isPublic } = extrasOf(request);
	return {
		webhook_url: request.callbackUrl,
		output_folder: outputFolder,
		is_public: isPublic,
	};
}

function extrasOf({ extras = {} }: ImageRequest): PredictionExtras {
	return extras;
}

/** Reads a prediction in either dialect. Public links are preferred, as they never end, but only where no image lacks one. */
function readPrediction(answer: HttpAnswer, request?: ImageRequest): ImageTask {
	const body = parseAnswer(objectSchema, answer, NAME);
	const id = idIn(body);
	if (id === undefined) throw unreadable(answer, NAME);
	const results = firstOf(body, NAMES.results) ?? [];
	const publicLinks = firstOf(body, NAMES.publicUrl) ?? [];
	const links = publicLinks.length >= results.length ? publicLinks : results;
	const status = statusOf(body.status);
	const model = request?.model ?? (typeof body.model === 'string' ? body.model : undefined);
	const error = errorIn(body);
	return {
		id,
		status,
		model,
		images: status === 'succeeded' ? links.map((url) => ({ url })) : [],
		failure:
			status === 'failed'
				? { code: error?.code ?? NO_CODE, message: error?.message ?? 'No reason was given.' }
				: undefined,
		usage: objectSchema.safeParse(body.metrics).data,
		cost: status === 'succeeded' ? costOf(model, qualityIn(body, request)) : undefined,
		createdAt: dateIn(body),
		raw: body,
	};
}

function idIn(body: unknown): string | undefined {
	const object = objectSchema.safeParse(body).data ?? {};
	return NAMES.id
		.map((name) => idSchema.safeParse(object[name]).data)
		.find((id) => id !== undefined);
}

function firstOf(body: Record<string, unknown>, names: readonly string[]): string[] | undefined {
	return names
		.map((name) => linksSchema.safeParse(body[name]).data)
		.find((links) => links !== undefined && links.length > 0);
}

function statusOf(value: unknown): TaskStatus {
	const word = typeof value === 'string' ? value.toLowerCase() : '';
	const known = Object.entries(STATUSES).find(([, words]) =>
		words.some((candidate) => candidate === word),
	);
	return (known?.[0] as TaskStatus | undefined) ?? 'running';
}

/** Undefined where neither the answer nor a request tells: then nothing can be said of the cost. */
function qualityIn(body: Record<string, unknown>, request?: ImageRequest): string | undefined {
	const input = objectSchema.safeParse(body.input).data;
	if (typeof input?.quality === 'string') return input.quality;
	return request ? (request.quality ?? 'auto') : input && 'auto';
}

function dateIn(body: Record<string, unknown>): Date | undefined {
	const value = NAMES.createdAt.map((name) => body[name]).find((entry) => entry != null);
	if (typeof value !== 'string' && typeof value !== 'number') return undefined;
	const date = new Date(typeof value === 'number' ? value * 1000 : value);
	return Number.isNaN(date.getTime()) ? undefined : date;
}

/** The storage tells a file's type by the ending of its name, and a binary field's name has none. */
function nameOf({ label, facts }: InputImage): string {
	const name = label.replace(/[^\w.-]+/g, '_').slice(-100) || 'file';
	const type = facts?.type ?? 'unknown';
	return type === 'unknown' || /\.\w{2,5}$/.test(name) ? name : `${name}.${type}`;
}
