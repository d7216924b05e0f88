// What an item's tasks are to make: checked and priced before anything is sent, its files brought where they must be when
// the first task needs them.
import type { IExecuteFunctions } from 'n8n-workflow';

import { checkRequest } from '../providers/limits/checkRequest';
import { checkedParts, type RequestPart } from '../providers/limits/requestParts';
import { croppedFormats } from '../providers/limits/severalFormats';
import type { Connection } from './connection';
import { isToolRun } from './context';
import type { Execution, ItemWork } from './execution';
import { prepareImages, type LocalRequest } from './media/inputImages';
import { motifPreparer, type MadeImage } from './media/motif';
import { hintTeller } from './told/hints';
import { reserveToolOrder, type ToolOrder } from './once/toolOrders';
import type { TaskDraft } from './tasks/createTask';
import type { Limiter } from './tasks/limiter';

/** What an item's tasks are to make. */
export interface Order {
	work: ItemWork;
	/** Without the run's own end: no create is cut off. */
	connection: Connection<IExecuteFunctions>;
	drafts: Draft[];
	/** The images of the first format, once they are there: each in its place, whichever of them are missing. */
	motifs: Array<MadeImage | undefined>;
}

type Draft = TaskDraft & Pick<RequestPart, 'motif'>;

/** Makes the orders of one execution. */
export function createOrders(
	connection: Connection<IExecuteFunctions>,
	{ turn, signal, spending }: Pick<Execution, 'signal' | 'spending'> & { turn: Limiter },
): (work: ItemWork, request: LocalRequest) => Order {
	const { context, provider } = connection;
	/** What holds for every item alike is told of the first. */
	const tellOnce = hintTeller(connection);

	function pricedOrders(work: ItemWork, parts: RequestPart[]): ToolOrder[] {
		return parts.map(({ request }, part) => ({
			key: work.placeOf({ wish: request, part }).memoryKey,
			images: request.count,
			estimate: provider.estimate?.(request),
		}));
	}

	/** Limits are held against everything known before anything is sent, and again when fetched images are known too. */
	return (work: ItemWork, request: LocalRequest): Order => {
		const { deadline } = work;
		const own = { ...connection, signal, deadline };
		const limits = provider.limits(request.model);
		const parts = checkedParts(request, limits);
		if (isToolRun(context)) reserveToolOrder(context, spending, pricedOrders(work, parts));
		for (const each of croppedFormats(request, limits)) tellOnce(each, work.itemIndex);
		let prepared: Promise<LocalRequest> | undefined;
		const prepare = async (): Promise<LocalRequest> => {
			const ready = await prepareImages(own, request);
			checkedParts(ready, limits);
			return ready;
		};
		const motifs: Order['motifs'] = [];
		const prepareMotif = motifPreparer(own, request, motifs);
		const drafts = parts.map(({ request: part, motif }) => ({
			request: part,
			motif,
			prepare: async () => {
				const { references, mask, markup } = await (prepared ??= prepare());
				const ready = { ...part, references: [...references] };
				if (part.mask) ready.mask = mask;
				if (part.markup) ready.markup = markup;
				if (motif !== undefined) {
					ready.references.push(await prepareMotif(motif, part.references.at(-1)!.label));
					checkRequest(ready, limits);
				}
				return ready;
			},
			turn,
		}));
		return { work, connection: { ...connection, deadline }, drafts, motifs };
	};
}
