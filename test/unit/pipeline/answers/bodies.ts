// Requests of any form, and what is read of the answers to them.
import { readAnswerBody } from '../../../../pipeline/answers/answerBody';
import type { IncomingBody } from '../../../../pipeline/answers/readBody';
import type { HttpRequest } from '../../../../providers/contract';
import { connectionWithStore } from '../pictureStore';

export type Form = HttpRequest['responseType'];

export const requestOf = (responseType: Form, base64Fields?: string[]): HttpRequest => ({
	method: 'POST',
	url: 'https://a.test',
	idempotent: false,
	responseType,
	base64Fields,
});

export const read = async (request: HttpRequest, body: IncomingBody, contentType?: string) =>
	await readAnswerBody(connectionWithStore().pictures, request, body, contentType);
