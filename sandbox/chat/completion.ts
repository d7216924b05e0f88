// Answers a chat completion: looks at the references, draws, and writes the answer in its shape.
import { randomBytes } from 'node:crypto';
import type { PixelSize } from '../drawing/sizes';
import { drawnSizeOf } from '../faults/drawn-size';
import type { Answer } from '../http/answer';
import type { Lifetime } from '../lifetime';
import { answerOf } from './body';
import { drawImages, inflated, type SeenImage, seeReferences, sizeFor } from './draw';
import type { CheckedChatFaults, Shape } from './faults';
import { shapeOf } from './models';
import type { ChatRequest } from './request';
import type { Content } from './shapes';
import { writeImages, type WritingParts } from './written-images';

export interface CompletionParts extends WritingParts {
	/** The last thing that the user says, without its directives. */
	prompt: string;
	lifetime: Lifetime;
}

export interface Completion {
	shape: Shape;
	seen: SeenImage[];
	made: Array<PixelSize & { bytes: number }>;
	answer: Answer;
}

export async function complete(request: ChatRequest, parts: CompletionParts): Promise<Completion> {
	const { faults, prompt, account, links } = parts;
	const references = await seeReferences(request, parts.lifetime);
	const shape = shapeOf(request.model, faults, account);
	const insteadOfImages = textReason(request, faults);
	const size = drawnSizeOf(faults) ?? sizeFor(prompt, references);
	const wanted = faults.images ?? 1;
	const perChoice =
		insteadOfImages || shape === 'c' ? 0 : Math.max(0, wanted - (faults.fewerImages ?? 0));
	const images = await drawImages(perChoice * request.n, prompt, size, references);
	if (faults.big !== undefined && images[0]) images[0] = inflated(images[0], faults.big);
	const written = writeImages(images, shape, parts);
	const contents = Array.from({ length: request.n }, (_none, choice): Content => {
		const task = `task_${randomBytes(13).toString('hex')}`;
		return {
			prompt,
			size,
			wanted,
			images: written.slice(choice * perChoice, (choice + 1) * perChoice),
			echoed: faults.echo ? request.pictures.map(({ url }) => url) : [],
			task,
			pages: links.pagesOf(task),
			isCut: faults.cutUri === true && choice === request.n - 1,
		};
	});
	const isStream = request.stream || faults.stream === true;
	return {
		shape,
		seen: references.seen,
		made: images.map(({ length }) => ({ ...size, bytes: length })),
		answer: answerOf({ request, shape, contents, isStream, insteadOfImages }),
	};
}

function textReason(request: ChatRequest, { refuse }: CheckedChatFaults) {
	if (refuse) return 'refusal';
	return request.wantsImages ? undefined : 'textOnly';
}
