// The images that were in a request, by the keys under which they are found in an answer: gateways echo them.
import { referenceOf } from '../answers/pictureReference';
import type { ImageRequest } from '../contract';
import { imageAt } from './chatEntries';
import { keyOf } from './extract';
import { plainLinks } from './links';
import { newPictures, type FoundImage, type Reading } from './pictures';
import { liftPictures } from './textLifter';

/** The keys of all images of the request, wherever they stand in it, pictures that are written out among them. */
export function sentKeys({ references, prompt, extras = {} }: ImageRequest): Set<string> {
	const keys = new Set<string>();
	const reading: Reading = { pictures: newPictures(), baseUrl: '' };
	const add = (image: FoundImage | undefined) => image && keys.add(keyOf(image));
	for (const { url, inline } of references) {
		if (inline) keys.add(referenceOf(inline.digest));
		else if (url !== undefined) add(imageAt(url, reading));
	}
	const { systemMessage = '', parameters = {} } = extras;
	for (const text of [prompt, String(systemMessage), JSON.stringify(parameters)]) {
		const lifted = liftPictures(text, reading.pictures);
		for (const { url } of plainLinks(lifted.text)) add({ url });
	}
	for (const stored of reading.pictures.references()) keys.add(stored);
	return keys;
}
