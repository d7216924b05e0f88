// Turns drawn images into what an answer can hold: links, data URIs or bare base64.
import type { Account } from './accounts';
import type { CheckedChatFaults, Shape } from './faults';
import type { ChatLinks } from './links';
import type { WrittenImage } from './shapes';

const DATA_HEAD = 'data:image/png;base64,';
const KEPT_SHARE = 0.6;
/** Written as data unless told otherwise. */
const dataShapes: readonly Shape[] = ['e', 'f', 'k'];
/** With no room for a link. */
const base64Shapes: readonly Shape[] = ['h', 'i', 'j', 'l', 'm', 'n'];

export interface WritingParts {
	account: Account;
	/** The key's faults with the prompt's own on top. */
	faults: CheckedChatFaults;
	promptFaults: CheckedChatFaults;
	links: ChatLinks;
}

export function writeImages(images: Buffer[], shape: Shape, parts: WritingParts): WrittenImage[] {
	const { account, faults, promptFaults, links } = parts;
	const kind = kindFor(shape, faults);
	return images.map((image, index) => {
		if (kind === 'link') {
			const link = links.add(account.key, image, faults, promptFaults);
			return { url: faults.as === 'download' ? link.download : link.image, link };
		}
		const whole = image.toString('base64');
		const isCut = faults.cutUri === true && index === images.length - 1;
		const base64 = isCut ? whole.slice(0, Math.floor(whole.length * KEPT_SHARE)) : whole;
		return { url: `${kind === 'base64' ? 'base64://' : DATA_HEAD}${base64}`, base64 };
	});
}

function kindFor(shape: Shape, { as, big, cutUri }: CheckedChatFaults): 'link' | 'data' | 'base64' {
	if (base64Shapes.includes(shape)) return 'data';
	// Only what is in the answer itself can make it large, or be cut with it.
	const isInside = big !== undefined || cutUri === true;
	if (isInside && as !== 'base64') return 'data';
	if (as === 'download') return 'link';
	return as ?? (dataShapes.includes(shape) ? 'data' : 'link');
}
