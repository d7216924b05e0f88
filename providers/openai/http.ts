// Requests as OpenAI's routes take them, below one base URL.
import type { HttpRequest, InputImage } from '../contract';
import { joinVersioned } from '../url';

/** What a route needs besides its address. A POST is taken as one that may charge, unless it says otherwise. */
export function openAiRoutes(baseUrl: string) {
	return {
		get: (path: string): HttpRequest => ({
			method: 'GET',
			url: joinVersioned(baseUrl, path),
			repeatable: true,
		}),
		post: (path: string, json?: Record<string, unknown>): HttpRequest => ({
			method: 'POST',
			url: joinVersioned(baseUrl, path),
			json,
			repeatable: false,
		}),
		delete: (path: string): HttpRequest => ({
			method: 'DELETE',
			url: joinVersioned(baseUrl, path),
			repeatable: true,
		}),
	};
}

/** Where an input image lies, as JSON requests name it: the id of an uploaded file, or a web address. */
export function placeOf({ fileId, url }: InputImage): Record<string, unknown> {
	return fileId ? { file_id: fileId } : { image_url: url };
}
