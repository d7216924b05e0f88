// Requests as OpenAI's routes take them, below one base URL.
import type { InputImage } from '../contract';
import { routesAt } from '../requests/routes';
import { joinVersioned } from '../requests/url';

export function openAiRoutes(baseUrl: string) {
	return routesAt((path) => joinVersioned(baseUrl, path));
}

/** Where an input image lies, as JSON requests name it: the id of an uploaded file, or a web address. */
export function placeOf({ fileId, url }: InputImage): Record<string, unknown> {
	return fileId ? { file_id: fileId } : { image_url: url };
}
