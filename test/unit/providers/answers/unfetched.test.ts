// Which errors say that an input image could not be fetched from its address.
import { isUnfetched } from '../../../../providers/answers/unfetched';

test.each([
	{ message: 'image_urls[0] could not be fetched: it answered 404.' },
	{ message: 'Error while downloading https://example.com/a.png.' },
	{ message: 'Timeout while downloading the image from the URL.' },
	{ message: 'Unable to retrieve the input image.' },
	{ code: 'invalid_image_url', message: 'No.' },
	{ type: 'file_download_error', message: 'No.' },
])('%j does', (error) => {
	expect(isUnfetched(error)).toBe(true);
});

test.each([
	{},
	{ message: 'The file could not be uploaded.' },
	{ message: 'Failed to download the result.' },
	{ message: 'Unknown parameter: image_urls.' },
	{ message: 'The response is downloaded at this URL.' },
	{ code: 'image_too_large', message: 'No.' },
])('%j does not', (error) => {
	expect(isUnfetched(error)).toBe(false);
});
