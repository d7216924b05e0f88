// What the model says: about the pictures that it sees, or else an improved prompt. The same question has the same answer.
import { hashText } from '../../drawing/random';
import type { SeenPicture } from './colours';
import { fillSchema } from './schema-sample';

export type AnswerFormat =
	| { kind: 'text' }
	| { kind: 'json' }
	| { kind: 'schema'; schema: unknown };

export interface Question {
	/** The last thing that the user says, without directives. */
	text: string;
	pictures: SeenPicture[];
	format: AnswerFormat;
}

export function answerTo({ text, pictures, format }: Question): string {
	const plain = pictures.length > 0 ? describe(pictures) : improve(text);
	switch (format.kind) {
		case 'text':
			return plain;
		case 'json':
			return JSON.stringify(
				pictures.length > 0
					? { description: plain, pictures: pictures.map(pictureJson) }
					: { prompt: plain },
			);
		case 'schema':
			return JSON.stringify(fillSchema(format.schema, { pictures, text: plain }));
	}
}

function pictureJson({ width, height, colour }: SeenPicture) {
	return { width, height, dominantColour: colour };
}

function describe(pictures: SeenPicture[]): string {
	const sentences = pictures.map(({ width, height, colour }, index) => {
		const which = pictures.length === 1 ? 'The picture' : `Picture ${index + 1}`;
		return `${which} is ${width} × ${height} pixels, and its dominant colour is ${colour}.`;
	});
	return sentences.join(' ');
}

const lights = ['soft morning light', 'warm light from a low sun', 'even light of an overcast day'];
const views = ['seen from a low angle', 'seen from above', 'framed wide, with room at the edges'];
const finishes = ['fine detail and muted colours', 'clear contrasts and rich colours'];

function improve(text: string): string {
	const subject = text.trim().replace(/[\s.!?]+$/, '') || 'An empty room';
	const seed = hashText(subject);
	const pick = (choices: readonly string[], shift: number) =>
		choices[(seed >>> shift) % choices.length];
	return `${subject}, ${pick(views, 0)}, in ${pick(lights, 7)}, with ${pick(finishes, 13)}.`;
}
