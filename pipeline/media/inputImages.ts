// Input images from binary fields: looked at first, uploaded only when the whole request has been checked.
import type { IExecuteFunctions } from 'n8n-workflow';

import type { ImageRequest, UploadedFile } from '../../providers/contract';
import { HOW_TO_OPEN } from '../../providers/answers/unfetched';
import { badInput, ImageFailure, type FailureDetails } from '../../providers/failure';
import { shownAddress } from '../../providers/requests/url';
import type { Connection } from '../connection';
import { inWords } from '../deadline';
import { inlineFileOf } from './inlineFile';
import { contentOf, fileFromBinary, fileOf, type LocalImage } from './files';
import type { FileToSend, LocalFile } from '../http/fileToSend';
import { networkTrouble } from '../http/networkTrouble';
import { downloadImage, HOW_TO_ALLOW, NOT_FETCHED } from './imageDownload';
import { pngPixels } from './pngPixels';
import { HEAD_BYTES, mimeTypeOf, readImageFacts } from './store/imageFacts';
import { failureIn, resultOf } from '../result';
import { firstBytes } from '../answers/streams';
import { send } from '../http/send';

/** Where a provider names one of a list. */
const PLACE = /image[a-z_]*[[.](\d{1,2})\b/i;

/** A request whose images may still have to be uploaded. */
export interface LocalRequest extends ImageRequest {
	references: LocalImage[];
	mask?: LocalImage;
	markup?: LocalImage;
}

/** An image from a binary field, with what its first bytes tell. Reads no more of it than that. */
export async function imageFromBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<LocalImage> {
	const file = await fileFromBinary(context, itemIndex, field);
	const facts = readImageFacts(await headOf(context, file), file.bytes);
	const mimeType = facts.type === 'unknown' ? file.mimeType : mimeTypeOf(facts.type);
	return { label: field, facts, file: { ...file, mimeType } };
}

/** A mask or a markup from a binary field. Its pixels are looked at, too: only they tell whether any is transparent. */
export async function overlayFromBinary(
	context: IExecuteFunctions,
	itemIndex: number,
	field: string,
): Promise<LocalImage> {
	return await withPixels(context, await imageFromBinary(context, itemIndex, field));
}

/** The overlay with what its pixels tell, as long as its file lies in n8n. */
async function withPixels(context: IExecuteFunctions, overlay: LocalImage): Promise<LocalImage> {
	const { file, facts } = overlay;
	if (!file || facts?.type !== 'png') return overlay;
	const pixels = await pngPixels(await headOf(context, file), await contentOf(context, file));
	return { ...overlay, facts: { ...facts, pixels } };
}

async function headOf(context: IExecuteFunctions, file: FileToSend): Promise<Buffer> {
	return await firstBytes(await contentOf(context, file), HEAD_BYTES);
}

/** An image that the provider will fetch from the web by itself. */
export function imageFromUrl(url: string): LocalImage {
	const address = url.trim();
	if (!URL.canParse(address) || !/^https?:$/.test(new URL(address).protocol)) {
		throw badInput(
			`"${address.slice(0, 100)}" isn't a web address of an image.`,
			'Enter an address that begins with https:// and that can be opened without signing in.',
		);
	}
	return { label: address, url: address };
}

/**
 * Brings the images where this provider takes them from: uploaded to the web, fetched into n8n to be sent along, or
 * ready to stand in the request as data URIs.
 * One after the other, so that few are on the way at a time.
 */
export async function prepareImages(
	connection: Connection<IExecuteFunctions>,
	request: LocalRequest,
): Promise<LocalRequest> {
	const prepare = PREPARATIONS[connection.provider.inputImages];
	const references: LocalImage[] = [];
	for (const [index, image] of request.references.entries()) {
		references.push(await prepare(connection, image, nameOf(image, index)));
	}
	return {
		...request,
		references,
		mask: request.mask && (await prepareOverlay(request.mask, 'mask')),
		markup: request.markup && (await prepareOverlay(request.markup, 'markup')),
	};

	/** One from the web lies in n8n only now. */
	async function prepareOverlay(overlay: LocalImage, role: Role): Promise<LocalImage> {
		const ready = await prepare(connection, overlay, nameOf(overlay, role));
		return overlay.file ? ready : await withPixels(connection.context, ready);
	}
}

type Role = number | 'mask' | 'markup';

/** What a person knows an image by: its place among the input images, and its address. */
function nameOf({ label }: LocalImage, role: Role): string {
	const what = typeof role === 'number' ? `Input image ${role + 1}` : `The ${role}`;
	return `${what} (${shownAddress(label)})`;
}

const PREPARATIONS = { uploaded: uploadImage, sent: fetchImage, inline: writeInline };

/** Uploads a file to the provider. */
export async function uploadFile(connection: Connection, file: LocalFile): Promise<UploadedFile> {
	const { upload, name } = connection.provider;
	if (!upload) throw new TypeError(`${name} takes no uploads.`);
	const typed = { ...file, mimeType: file.file?.mimeType };
	const answer = await send(connection, upload.request(typed));
	if (upload.follow) await send(connection, upload.follow(answer, typed));
	return upload.read(answer);
}

async function uploadImage(connection: Connection, image: LocalImage): Promise<LocalImage> {
	if (!image.file) return image;
	const { url, id } = await uploadFile(connection, image);
	return { label: image.label, facts: image.facts, url, fileId: id };
}

/** Puts an image from the web into n8n's binary store. Its limits are then checked like any file's. */
async function fetchImage(
	connection: Connection<IExecuteFunctions>,
	image: LocalImage,
	name: string,
): Promise<LocalImage> {
	if (image.file || image.url === undefined) return image;
	const fetched = await resultOf(
		downloadImage(connection, {
			url: image.url,
			fileName: 'input',
			linkLifetime: 'a limited time',
		}),
	);
	if (!fetched.ok) throw unfetched(fetched.error, connection, name);
	const { binary, facts } = fetched.value;
	return { label: image.label, facts, file: await fileOf(connection.context, binary, 'input') };
}

/** The failure of a download, told as one of an input image: it has no task, and a person can open its address. */
function unfetched(error: Error, { deadline }: Connection, name: string): Error {
	const details = failureIn(error)?.details;
	if (details?.kind !== 'download' && details?.kind !== 'timeLimit') return error;
	const isLate = details.kind === 'timeLimit' && deadline !== undefined;
	const reason = isLate ? `The Time Limit of ${inWords(deadline)} was over.` : whatCame(details);
	return new ImageFailure({
		...details,
		message: `${name} could not be fetched. ${reason}`,
		advice: `${networkTrouble(error).kind === 'blocked' ? HOW_TO_ALLOW : HOW_TO_OPEN} Nothing was charged.`,
		nothingSent: true,
	});
}

/** Of an address that a person has entered. */
function whatCame({ status, message }: FailureDetails): string {
	if (status === 404 || status === 410) return `There is nothing at its address (HTTP ${status}).`;
	if (status === 401 || status === 403) return `Its server wants a sign-in (HTTP ${status}).`;
	if (status !== undefined) return `Its server answered with HTTP ${status}.`;
	return message.replace(NOT_FETCHED, '').replace(/^its/, 'Its');
}

/**
 * The same failure, where the provider says that it could not fetch an input image: it names the image as the person knows
 * it. Of several, the one that the provider names, or all that it may be.
 */
export function nameUnfetched(
	error: Error,
	{ references, mask, markup }: Pick<LocalRequest, 'references' | 'mask' | 'markup'>,
): Error {
	const details = failureIn(error)?.details;
	if (!details?.unfetched) return error;
	const { message, advice } = details;
	const images = [
		...references.map((image, index) => ({ image, role: index as Role })),
		...(mask ? [{ image: mask, role: 'mask' as const }] : []),
		...(markup ? [{ image: markup, role: 'markup' as const }] : []),
	].filter(({ image }) => image.url !== undefined);
	const place = Number(PLACE.exec(message)?.[1] ?? Number.NaN);
	const named = images.filter(({ image, role }) => role === place || message.includes(image.url!));
	const names = (named.length > 0 ? named : images).map(({ image, role }) => nameOf(image, role));
	if (names.length === 0) return error;
	return new ImageFailure({
		...details,
		message: `${names.join(' or ')} could not be fetched. ${message}`,
		advice: advice.includes(HOW_TO_OPEN) ? advice : `${HOW_TO_OPEN} ${advice}`,
	});
}

async function writeInline(
	{ context }: Connection<IExecuteFunctions>,
	image: LocalImage,
): Promise<LocalImage> {
	const inline = await inlineFileOf(context, image);
	return inline ? { label: image.label, facts: image.facts, inline } : image;
}
