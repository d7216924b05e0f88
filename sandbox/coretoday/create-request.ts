// Checks the body of a create call, whichever way it came.
import { z } from 'zod';
import { callbackUrlProblem } from '../callbacks/callback-url';
import { CoreTodayError } from './errors';
import { type ImageJob, readInput } from './input';
import { findModel, type ModelRules } from './models';
import { read } from './read';

const FOLDER_CHARACTERS = 256;

export interface Webhook {
	url: string;
	/** The provider's pages call it either. */
	parameter: 'webhook' | 'webhook_url';
	/** Undefined: every ending is told. */
	events?: WebhookEvent[];
}

export interface CreateRequest {
	model: ModelRules;
	/** As it came. */
	input: Record<string, unknown>;
	image: ImageJob;
	outputFolder?: string;
	isPublic: boolean;
	webhook?: Webhook;
}

const webhookEvent = z.enum(['completed', 'failed']);
export type WebhookEvent = z.output<typeof webhookEvent>;

const address = z.string().superRefine((url, context) => {
	const problem = callbackUrlProblem(url);
	if (problem) context.addIssue({ code: 'custom', message: problem });
});

export const folder = z
	.string()
	.max(FOLDER_CHARACTERS, `must have at most ${FOLDER_CHARACTERS} characters`)
	.refine((path) => !path.includes('..'), 'must not contain ".."');

const createBody = z
	.object({
		model: z.string().min(1),
		input: z.record(z.unknown()),
		webhook: address.optional(),
		webhook_url: address.optional(),
		webhook_events: z.array(webhookEvent).min(1).optional(),
		output_folder: folder.optional(),
		is_public: z.boolean().optional(),
	})
	.strict();

export function readCreateRequest(body: unknown): CreateRequest {
	const fields = read(createBody, body);
	const model = findModel(fields.model);
	if (!model) throw new CoreTodayError(404, `The model "${fields.model}" does not exist.`);
	return {
		model,
		input: fields.input,
		image: readInput(model, fields.input),
		outputFolder: fields.output_folder,
		isPublic: fields.is_public ?? false,
		webhook: webhookOf(fields),
	};
}

function webhookOf(fields: z.output<typeof createBody>): Webhook | undefined {
	const { webhook, webhook_url: webhookUrl, webhook_events: events } = fields;
	if (webhookUrl !== undefined) return { url: webhookUrl, parameter: 'webhook_url', events };
	return webhook === undefined ? undefined : { url: webhook, parameter: 'webhook', events };
}
