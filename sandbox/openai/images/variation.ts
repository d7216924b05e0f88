// Reads a call of the retired variations endpoint, for keys that stand for a server that still has it.
import { type Account, checkModel } from '../accounts/accounts';
import { invalid } from '../errors';
import type { Fields } from '../fields';
import { imageRulesOf } from '../models';
import { fileTooLarge } from './input-images';
import type { EditMaterial, ImageJob } from './job';

const IMAGE_LIMIT = 4 * 1024 * 1024;

export function readVariation(
	fields: Fields,
	account: Account,
	material: EditMaterial | undefined,
): ImageJob {
	const model = fields.text('model') ?? 'dall-e-2';
	checkModel(account, model, 'image');
	const rules = imageRulesOf('dall-e-2');
	const n = fields.integer('n', 1, rules.maxImages) ?? 1;
	const size = fields.choice('size', ['256x256', '512x512', '1024x1024']) ?? '1024x1024';
	const answer = fields.choice('response_format', ['url', 'b64_json']) ?? 'url';
	fields.accept('user');
	fields.refuseOthers();
	const image = material?.images[0];
	if (!image) throw fields.missing('image');
	if (image.bytes >= IMAGE_LIMIT) throw fileTooLarge('image', IMAGE_LIMIT);
	if (image.type !== 'image/png' || image.width !== image.height) {
		throw invalid('Uploaded image must be a square PNG.', 'invalid_image_format', 'image');
	}
	return {
		model,
		rules,
		prompt: '',
		// The drawing differs by its text, and a variation has none.
		drawnPrompt: 'Variation',
		n,
		size,
		quality: rules.usualQuality,
		background: 'opaque',
		format: 'png',
		compression: 100,
		answerAs: answer === 'url' ? 'url' : 'base64',
		stream: false,
		partialImages: 0,
		material,
	};
}
