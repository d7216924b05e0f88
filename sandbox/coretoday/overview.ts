// What the sandbox's page shows of Core.Today.
import { code, creditKeys, latest, ofUnixTime, type Table } from '../http/overview';
import { models } from './models';
import { recordOf } from './predictions';
import type { CoreTodayService } from './service';

const prices: Table = {
	isFolded: true,
	title: 'Credits for one image',
	columns: ['Model', 'Low', 'Medium', 'High'],
	rows: models.map(({ id, credits: { low, medium, high } }) => [code(id), low, medium, high]),
};

export function coreTodayTables(service: CoreTodayService): Table[] {
	return [
		creditKeys(service.accounts.list()),
		{
			title: 'Latest tasks',
			columns: ['Started', 'Prediction', 'Model', 'Prompt', 'Status', 'Credits'],
			rows: latest(service.predictions.list().map(recordOf)).map(
				({ id, created, model, input, status, creditsCharged }) => {
					const cells = [code(id), model, String(input.prompt ?? ''), status, creditsCharged];
					return [ofUnixTime(created), ...cells];
				},
			),
		},
		prices,
	];
}
