// Reads the multipart form of a file upload.
import type { FastifyRequest } from 'fastify';
import { invalid, OpenAIError } from '../errors';
import { Fields, type Values } from '../fields';
import type { FilePurpose, NewFile } from './api-files';

const MEGABYTE = 1024 * 1024;
const FILE_LIMIT = 200 * MEGABYTE;
const DAYS_30 = 30 * 24 * 3600;

const purposes: readonly FilePurpose[] = [
	'assistants',
	'batch',
	'evals',
	'fine-tune',
	'user_data',
	'vision',
];
/** Of one line of JSON after another. */
const linesOfJson: readonly FilePurpose[] = ['batch', 'fine-tune'];

export async function readUpload(request: FastifyRequest, key: string): Promise<NewFile> {
	if (!request.isMultipart()) {
		throw new OpenAIError(
			400,
			"Unsupported content type. This API method only accepts 'multipart/form-data' requests.",
			{ code: 'unsupported_content_type' },
		);
	}
	const values: Values = {};
	let file: { name: string; bytes: Buffer } | undefined;
	for await (const part of request.parts({ limits: { fileSize: FILE_LIMIT, files: 2 } })) {
		if (part.type === 'field') {
			values[part.fieldname] = part.value;
			continue;
		}
		const bytes = await part.toBuffer();
		if (part.fieldname === 'file') file = { name: part.filename, bytes };
		else values[part.fieldname] = '(a file)';
	}
	const fields = new Fields(values, true);
	const purpose = fields.choice('purpose', purposes);
	fields.choice('expires_after[anchor]', ['created_at']);
	const seconds = fields.integer('expires_after[seconds]', 3600, DAYS_30);
	if (!file) throw fields.missing('file');
	if (!purpose) throw fields.missing('purpose');
	fields.refuseOthers();
	if (file.bytes.length === 0) {
		throw new OpenAIError(400, 'File is empty.', { code: 'empty_file', param: 'file' });
	}
	if (linesOfJson.includes(purpose) && !file.name.endsWith('.jsonl')) {
		throw invalid(
			`Invalid extension '${file.name.split('.').at(-1)}'. A file with the purpose '${purpose}' must end in '.jsonl'.`,
			'invalid_file_extension',
			'file',
		);
	}
	const lifetime = seconds ?? (purpose === 'batch' ? DAYS_30 : undefined);
	return {
		key,
		name: file.name,
		purpose,
		bytes: file.bytes,
		...(lifetime !== undefined && { expiresAt: Math.floor(Date.now() / 1000) + lifetime }),
	};
}
