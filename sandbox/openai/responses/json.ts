// A response as the Responses API answers it.
import type { Values } from '../fields';
import { usageJson } from '../images/tokens';
import { type ResponseTask, statusOf } from './tasks';

export function responseJson(task: ResponseTask): Values {
	const { request, ending, result } = task;
	const status = statusOf(task);
	return {
		...request.echo,
		id: task.id,
		object: 'response',
		created_at: Math.floor(task.createdAt / 1000),
		completed_at: ending?.status === 'completed' ? Math.floor(ending.at / 1000) : null,
		access_programs: null,
		status,
		background: request.background,
		error: ending?.error ?? null,
		incomplete_details: status === 'incomplete' ? { reason: 'max_output_tokens' } : null,
		model: request.model,
		output: outputOf(task),
		tools: request.tools,
		...(result && {
			usage: {
				input_tokens: result.inputTokens,
				input_tokens_details: { cached_tokens: 0, cache_write_tokens: 0 },
				output_tokens: result.outputTokens,
				output_tokens_details: { reasoning_tokens: 0 },
				total_tokens: result.inputTokens + result.outputTokens,
			},
		}),
		...(result?.made && {
			tool_usage: {
				image_gen: usageJson(result.made.usage),
				web_search: { num_requests: 0 },
			},
		}),
	};
}

function outputOf(task: ResponseTask): Values[] {
	const { request, result, ending } = task;
	if (result?.text !== undefined) return [messageJson(task, result.text, result.isRefusal)];
	if (!request.image) return [];
	if (result?.made) return [imageCallJson(task)];
	return ending?.status === 'failed' ? [failedCallJson(task)] : [];
}

function messageJson({ itemId }: ResponseTask, text: string, isRefusal = false): Values {
	return {
		id: itemId.replace(/^ig_/, 'msg_'),
		type: 'message',
		role: 'assistant',
		status: 'completed',
		content: [
			isRefusal
				? { type: 'refusal', refusal: text }
				: { type: 'output_text', text, annotations: [], logprobs: [] },
		],
	};
}

function imageCallJson({ itemId, request: { image }, result }: ResponseTask): Values {
	const job = image?.job;
	const size = result?.made?.size;
	return {
		id: itemId,
		type: 'image_generation_call',
		status: 'completed',
		action: image?.action,
		background: job?.background,
		output_format: job?.format,
		quality: job?.quality,
		result: result?.made?.images[0]?.toString('base64') ?? null,
		revised_prompt: job?.drawnPrompt,
		size: `${size?.width}x${size?.height}`,
		...(result?.made?.svg && { svg_usage: result.made.svg }),
	};
}

function failedCallJson({ itemId, ending }: ResponseTask): Values {
	return {
		id: itemId,
		type: 'image_generation_call',
		status: 'failed',
		result: null,
		...(ending?.callError && { error: ending.callError }),
	};
}
