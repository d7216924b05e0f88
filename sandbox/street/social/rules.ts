// What the social network takes: the limits that real ones state for pictures, captions and times.
import { imageFacts, imageType } from '../../files/image-file';
import { StreetError } from '../endpoint';

export type PostFormat = 'post' | 'story';

const MEGABYTES = 8;
const CAPTION_CHARACTERS = 2_200;
const HASHTAGS = 30;
const ALT_TEXT_CHARACTERS = 1_000;
const DAYS_AHEAD = 75;
const DAY_MS = 86_400_000;

function refuse(code: string, message: string, field: string): never {
	throw new StreetError(400, code, message, field);
}

export function readFormat(text: string | undefined): PostFormat {
	if (text === undefined || text === 'post' || text === 'story') return text ?? 'post';
	return refuse('unknown_format', `"format" is post or story, not "${text}".`, 'format');
}

/** Whether a width belongs to a height, but for the part of a pixel that a picture can't have. */
const fits = (width: number, height: number, ratio: number): boolean =>
	Math.abs(width - height * ratio) <= 1;

function checkShape(width: number, height: number, format: PostFormat): void {
	const shape = `This one has ${width} × ${height} pixels.`;
	if (format === 'story') {
		if (fits(width, height, 9 / 16)) return;
		refuse(
			'aspect_ratio',
			`A story's picture must be 9:16, such as 1080 × 1920. ${shape}`,
			'picture',
		);
	}
	const isTooTall = width / height < 4 / 5 && !fits(width, height, 4 / 5);
	const isTooWide = width / height > 1.91 && !fits(width, height, 1.91);
	if (!isTooTall && !isTooWide) return;
	const message = `A post's picture must be between 4:5 (1080 × 1350) and 1.91:1 (1200 × 628). ${shape}`;
	refuse('aspect_ratio', message, 'picture');
}

/** Throws when the picture can't be published. */
export async function checkPicture(bytes: Buffer, format: PostFormat): Promise<void> {
	const type = imageType(bytes);
	if (type !== 'image/jpeg') {
		const kind = type?.replace('image/', '').toUpperCase() ?? 'something else';
		refuse('not_jpeg', `The picture must be a JPEG. This one is ${kind}.`, 'picture');
	}
	if (bytes.length > MEGABYTES * 1024 * 1024) {
		const size = (bytes.length / 1024 / 1024).toFixed(1);
		refuse(
			'picture_too_large',
			`The picture has ${size} MB. ${MEGABYTES} MB is the limit.`,
			'picture',
		);
	}
	const facts = await imageFacts(bytes);
	if (!facts)
		refuse('unreadable', 'The picture is damaged: it cannot be read to its end.', 'picture');
	else checkShape(facts.width, facts.height, format);
}

export function checkCaption(caption: string): void {
	if ([...caption].length > CAPTION_CHARACTERS) {
		refuse(
			'caption_too_long',
			`A caption has ${CAPTION_CHARACTERS} characters at most.`,
			'caption',
		);
	}
	const hashtags = caption.match(/#[\p{L}\p{N}_]+/gu)?.length ?? 0;
	if (hashtags <= HASHTAGS) return;
	refuse(
		'too_many_hashtags',
		`A caption has ${HASHTAGS} hashtags at most, not ${hashtags}.`,
		'caption',
	);
}

export function checkAltText(text: string): void {
	if ([...text].length <= ALT_TEXT_CHARACTERS) return;
	refuse(
		'alt_text_too_long',
		`An alt text has ${ALT_TEXT_CHARACTERS} characters at most.`,
		'alt_text',
	);
}

/** When to publish: at once, unless told otherwise. */
export function readTime(text: string | undefined, now: Date): Date {
	if (text === undefined || text === '') return now;
	const time = new Date(text);
	const isWhole = /^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?(Z|[+-]\d\d:?\d\d)$/.test(text);
	if (!isWhole || Number.isNaN(time.getTime())) {
		const message = `"publish_at" must be a time with its zone, such as 2026-12-24T18:00:00Z, not "${text}".`;
		refuse('bad_time', message, 'publish_at');
	}
	if (time.getTime() < now.getTime())
		refuse('time_is_past', `${text} is in the past.`, 'publish_at');
	if (time.getTime() > now.getTime() + DAYS_AHEAD * DAY_MS) {
		refuse('time_too_far', `${text} is more than ${DAYS_AHEAD} days ahead.`, 'publish_at');
	}
	return time;
}
