// A gateway in the style of OpenAI's chat completions, which answers with a link in Markdown.
import { json } from '../server/answer';
import type { Protocol } from '../server/protocol';

export const imagechat: Protocol = ({ method, path }, { book, next, pictureUrl }) => {
	if (method === 'GET' && path === '/v1/models') {
		const data = [{ id: 'gpt-4o-image', object: 'model' }];
		return { step: 'list', answer: () => ({ answer: json({ object: 'list', data }) }) };
	}
	if (method !== 'POST' || path !== '/v1/chat/completions') return undefined;
	return {
		step: 'create',
		answer: () => {
			const order = book.accept('');
			const message = { role: 'assistant', content: `Here it is.\n\n![image](${pictureUrl})` };
			const told = {
				id: `chatcmpl-${next()}`,
				object: 'chat.completion',
				created: 1_795_860_000,
				model: 'gpt-4o-image',
				choices: [{ index: 0, message, finish_reason: 'stop' }],
				usage: { prompt_tokens: 10, completion_tokens: 20, total_tokens: 30 },
			};
			return { answer: json(told), order };
		},
	};
};
