// What the sandbox's page shows of EvoLink.
import { html } from '../http/html';
import { code, dollars, creditKeys, latest, ofUnixTime, type Table } from '../http/overview';
import { models } from './models';
import { creditsToDollars, priceInCredits } from './pricing';
import { kindOfResult } from './results';
import type { EvoLinkService } from './service';
import { type Task, recordOf } from './tasks';

const size = { width: 1024, height: 1024 };

const prices: Table = {
	isFolded: true,
	title: 'Prices of one image, 1024 × 1024',
	columns: ['Model', 'Quality', 'Credits', 'Dollars'],
	rows: models
		.filter(({ id }) => id.startsWith('gpt-'))
		.flatMap((model) => {
			const qualities = model.billing === 'per_call' ? [''] : model.qualities;
			return qualities.map((quality) => {
				const order = { model, quality, prompt: '', referenceCount: 0, size };
				const credits = priceInCredits(order, 1);
				return [code(model.id), quality, credits, dollars(creditsToDollars(credits))];
			});
		}),
};

export function evoLinkTables(service: EvoLinkService): Table[] {
	const result = (task: Task) => {
		if (!task.ending?.made) return '';
		const address = service.resultUrl(task, 0);
		const isPicture = kindOfResult(task).type.startsWith('image/');
		const shown = isPicture
			? html`<img class="thumb" src="${address}" alt="Its picture" />`
			: 'file';
		return html`<a href="${address}">${shown}</a>`;
	};
	return [
		creditKeys(service.accounts.list()),
		{
			title: 'Latest tasks',
			columns: ['Started', 'Task', 'Model', 'Prompt', 'Status', 'Credits', ''],
			rows: latest(service.tasks.list()).map((task) => {
				const { id, created, model, prompt, status, creditsCharged } = recordOf(task);
				const cells = [code(id), model, prompt, status, creditsCharged];
				return [ofUnixTime(created), ...cells, result(task)];
			}),
		},
		prices,
	];
}
