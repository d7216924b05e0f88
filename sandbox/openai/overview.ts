// What the sandbox's page shows of OpenAI.
import { timeOf } from '../http/html';
import { code, dollars, faultsCell, latest, ofUnixTime, type Table } from '../http/overview';
import type { OpenAISandbox } from '.';
import { imageDollars, outputImageTokens } from './images/tokens';
import { imageRulesOf, models } from './models';
import type { OpenAIService } from './service';

const size = { width: 1024, height: 1024 };

const prices: Table = {
	isFolded: true,
	title: 'Prices of one image, 1024 × 1024, without what is sent in',
	columns: ['Model', 'Quality', 'Dollars'],
	rows: models
		.filter(({ kind, gone }) => kind === 'image' && !gone)
		.flatMap(({ id }) => {
			const rules = imageRulesOf(id);
			return rules.qualities.map((quality) => {
				const imageOut = outputImageTokens(rules, quality, size);
				const usage = { textIn: 0, imageIn: 0, imageOut };
				return [code(id), quality, dollars(imageDollars(rules, usage, 1))];
			});
		}),
};

export function openAITables(service: OpenAIService, openai: OpenAISandbox): Table[] {
	return [
		{
			title: 'Keys',
			columns: ['Key', 'Spent', 'Images', 'Faults'],
			rows: service.accounts.list().map(({ key, faults }) => {
				const { spent, images } = openai.ledger(key);
				return [code(key), dollars(spent), images, faultsCell(faults)];
			}),
		},
		{
			title: 'Latest calls',
			columns: ['At', 'Route', 'Model', 'Prompt', 'Images', 'Dollars', 'Status'],
			rows: latest(openai.calls()).map((call) => {
				const prompt = typeof call.parameters.prompt === 'string' ? call.parameters.prompt : '';
				const cost = dollars(call.dollars);
				const cells = [call.route, call.model ?? '', prompt, call.imagesOut.length, cost];
				return [timeOf(new Date(call.at)), ...cells, call.status || 'at work'];
			}),
		},
		{
			title: 'Latest background tasks',
			columns: ['Started', 'Response', 'Model', 'Prompt', 'Status'],
			rows: latest(openai.responses()).map(({ created, id, model, prompt, status }) => {
				return [ofUnixTime(created), code(id), model, prompt, status];
			}),
		},
		{
			title: 'Latest batches',
			columns: ['Batch', 'Model', 'Requests', 'Done', 'Failed', 'Status'],
			rows: latest(openai.batches()).map(({ id, model, customIds, completed, failed, status }) => {
				return [code(id), model ?? '', customIds.length, completed, failed, status];
			}),
		},
		prices,
	];
}
