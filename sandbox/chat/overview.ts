// What the sandbox's page shows of the gateway that draws.
import { timeOf } from '../http/html';
import { code, dollars, faultsCell, latest, type Table } from '../http/overview';
import type { ChatSandbox } from '.';
import { DOLLARS_PER_IMAGE } from './routes/chat-routes';
import type { ChatService } from './service';

export function chatTables(service: ChatService, chat: ChatSandbox): Table[] {
	return [
		{
			title: 'Keys',
			columns: ['Key', 'Spent', 'Images', 'Faults'],
			rows: service.accounts.list().map(({ key, faults }) => {
				const { spent, images } = chat.ledger(key);
				return [code(key), dollars(spent), images, faultsCell(faults)];
			}),
		},
		{
			title: 'Latest calls',
			columns: ['At', 'Model', 'Images', 'Dollars', 'Status'],
			rows: latest(chat.calls()).map(({ at, model, imagesOut, dollars: cost, status }) => {
				const cells = [model ?? '', imagesOut.length, dollars(cost), status || 'at work'];
				return [timeOf(new Date(at)), ...cells];
			}),
		},
		{
			title: 'Prices',
			isFolded: true,
			columns: ['What', 'Dollars'],
			rows: [['One image, of any model', dollars(DOLLARS_PER_IMAGE)]],
		},
	];
}
