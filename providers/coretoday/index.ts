// Core.Today's predictions. Source: Core.Today's API pages, which describe two dialects.
import type {
	FormPart,
	HttpAnswer,
	HttpRequest,
	ImageProvider,
	ImageRequest,
	ImageTask,
	InputFile,
	InputImage,
	UploadedFile,
} from '../contract';
import { picturesIn, type Pictures } from '../answers/entries';
import { omitUndefined } from '../requests/omit';
import { idIn, objectOf, textOf, type JsonObject } from '../answers/loose';
import { readTime } from '../answers/times';
import { toldErrorIn } from '../answers/toldError';
import { reasonOf, statusOf, taskFieldsOf, tellsTask } from '../answers/toldTask';
import { uploadPlaceIn } from '../answers/uploadPlace';
import { toStorage, versionedRoutesAt } from '../requests/routes';
import { pathSegment } from '../requests/url';
import { readFailure, readTaskFailure } from './failures';
import { limitsOf } from './models';
import { costOf, estimateImages } from './prices';
import { NAMES, STATUSES, uploadFieldsIn } from './schemas';

const NAME = 'Core.Today';
/** Links are usual, but a picture may come written into an answer as a data URI. */
const withPictures = { base64Fields: [] } as const;

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
	const { get, post } = versionedRoutesAt(baseUrl);
	return {
		contractVersion: 1,
		name: NAME,
		id: 'coretoday',
		linkLifetime: 'a limited time',
		whereToLook: 'Your Core.Today account shows which images were made.',
		honoursKeys: false,
		inputImages: fileWay === 'storage' ? 'uploaded' : 'sent',
		limits: limitsOf,
		estimate: estimateImages,
		submit: (request: ImageRequest): HttpRequest => ({
			...(fileWay === 'multipart' && request.references.length > 0
				? { ...post('/predictions/upload'), form: predictionForm(request) }
				: { ...post('/predictions'), json: predictionBody(request) }),
			...withPictures,
			isUsable: (body) => tellsTask(body, NAMES.id),
		}),
		poll: (taskId: string) => ({ ...get(`/predictions/${pathSegment(taskId)}`), ...withPictures }),
		readTask: (answer: HttpAnswer, request?: ImageRequest) =>
			readPrediction(answer, baseUrl, request),
		readFailure,
		readTaskFailure,
		readCallback: (body: unknown) => idIn(body, NAMES.id),
		upload: {
			request: (file: InputImage): HttpRequest => ({
				...post('/files/upload-url'),
				json: { filename: nameOf(file), folder: 'n8n', metadata: {} },
				idempotent: true,
			}),
			/** The second step goes to the storage itself, which knows no key: all given fields, and the file last. */
			follow: (answer: HttpAnswer, file: InputFile): HttpRequest => {
				const { uploadUrl, fields } = uploadPlace(answer);
				const parts = Object.entries(fields).map(([name, value]) => ({ name, value }));
				return toStorage('POST', uploadUrl, { form: [...parts, { name: 'file', file }] });
			},
			read: (answer: HttpAnswer): UploadedFile => ({
				url: uploadPlace(answer).fileUrl,
			}),
		},
	} satisfies ImageProvider;
}

function uploadPlace(answer: HttpAnswer) {
	const fields = uploadFieldsIn(answer.body);
	if (!fields) throw readFailure(answer);
	return { ...uploadPlaceIn(answer, readFailure), fields };
}

function predictionBody(request: ImageRequest): Record<string, unknown> {
	const urls = request.references.map(({ url }) => url);
	const files = urls.length > 0 ? { input_images: urls } : {};
	return omitUndefined({
		model: request.model,
		input: omitUndefined<unknown>({ ...inputOf(request), ...files }),
		...settingsOf(request),
	});
}

/** Multipart: `input` is JSON as text, and each file is a part named after its input key. */
function predictionForm(request: ImageRequest): FormPart[] {
	const settings = Object.entries(omitUndefined(settingsOf(request)));
	return [
		{ name: 'model', value: request.model },
		{ name: 'input', value: JSON.stringify(omitUndefined(inputOf(request))) },
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

/** Reads a prediction in either dialect. */
function readPrediction(
	answer: HttpAnswer,
	baseUrl: string,
	request: ImageRequest | undefined,
): ImageTask {
	const body = taskFieldsOf(answer) ?? {};
	const id = idIn(body, NAMES.id);
	if (id === undefined) throw readFailure(answer);
	const { images, unread } = resultsIn(body, baseUrl);
	const status = statusOf(STATUSES, body.status, images.length > 0);
	const model = request?.model ?? textOf(body.model);
	const input = objectOf(body.input);
	const asked = omitUndefined({ size: textOf(input?.aspect_ratio), prompt: textOf(input?.prompt) });
	return {
		id,
		status,
		model,
		images: status === 'succeeded' ? images : [],
		unread: status === 'succeeded' && unread > 0 ? unread : undefined,
		...(Object.keys(asked).length > 0 && { asked }),
		failure: status === 'failed' ? reasonOf(toldErrorIn(body)) : undefined,
		usage: objectOf(body.metrics),
		cost: status === 'succeeded' ? costOf(model, qualityIn(body, request)) : undefined,
		createdAt: NAMES.createdAt.map((name) => readTime(body[name])).find(Boolean),
		raw: body,
	};
}

/** Public links are preferred, as they never end, but only where no image lacks one. */
function resultsIn(body: JsonObject, baseUrl: string): Pictures {
	const results = picturesIn(
		NAMES.results.map((name) => body[name]),
		baseUrl,
	);
	const { images } = picturesIn(
		NAMES.publicUrl.map((name) => body[name]),
		baseUrl,
	);
	if (images.length < results.images.length) return results;
	const lacking = results.images.length + results.unread - images.length;
	return { images, unread: Math.max(0, lacking) };
}

/** Undefined where neither the answer nor a request tells: then nothing can be said of the cost. */
function qualityIn(body: JsonObject, request?: ImageRequest): string | undefined {
	const input = objectOf(body.input);
	if (typeof input?.quality === 'string') return input.quality;
	return request ? (request.quality ?? 'auto') : input && 'auto';
}

/** Letters of any language, but no path. The storage tells a file's type by the name's ending, and a field's name has none. */
function nameOf({ label, facts }: InputImage): string {
	const plain = label.toWellFormed().replace(/[\p{Cc}\p{Zl}\p{Zp}"/\\]+/gu, '_');
	const name = [...plain].slice(-100).join('') || 'file';
	const type = facts?.type ?? 'unknown';
	return type === 'unknown' || /\.\w{2,5}$/.test(name) ? name : `${name}.${type}`;
}
