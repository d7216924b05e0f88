// That a provider could not fetch an input image from its address, by its code or in its words.
import { nameOfError, type ToldError } from './toldError';

export const HOW_TO_OPEN =
	"Open its address in a browser window where you aren't signed in: it must show the picture itself, and no page around it. Or give the image as a file.";

const CODE =
	/^(?:invalid_image_url|failed_to_download_image|image_file_not_found|file_download_error|image_load_error|image_unreachable)$/i;
const FETCHING = /\b(?:fetch|download|retriev)/i;
const FAILED =
	/\b(?:could not|couldn't|cannot|can't|unable|fail|failed|failure|error|timeout|timed out)\b/i;
/** What is made is downloaded, too. */
const OF_INPUT = /\b(?:input|reference|source)|https?:|(?:\b|_)urls?(?:\b|\[)/i;

export function isUnfetched({ message = '', ...error }: ToldError): boolean {
	if (CODE.test(nameOfError(error) ?? '')) return true;
	return [FETCHING, FAILED, OF_INPUT].every((words) => words.test(message));
}
