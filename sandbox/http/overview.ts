// What the sandbox's page shows of one provider, as tables: its keys with their faults, its prices, its latest tasks.
import type { Ledger } from '../accounts/ledger';
import { type Html, html, timeOf } from './html';

export type Cell = Html | string | number;

export interface Table {
	title: string;
	columns: readonly string[];
	rows: ReadonlyArray<readonly Cell[]>;
	/** What stands in its place when it has no rows. */
	empty?: string;
	/** Shown when its title is clicked. */
	isFolded?: boolean;
}

const SHOWN = 15;

/** The latest of a list that has the oldest first. */
export function latest<Item>(oldestFirst: readonly Item[]): Item[] {
	return oldestFirst.slice(-SHOWN).reverse();
}

export const code = (text: string): Html => html`<code>${text}</code>`;

export const ofUnixTime = (seconds: number): string => timeOf(new Date(seconds * 1000));

/** What a key is told to do wrong. */
export function faultsCell(faults: object): Cell {
	return Object.keys(faults).length === 0
		? 'none'
		: html`<code class="long">${JSON.stringify(faults)}</code>`;
}

/** The keys of a provider that charges credits. */
export function creditKeys(
	accounts: ReadonlyArray<{ key: string; ledger: Ledger; faults: object }>,
): Table {
	return {
		title: 'Keys',
		columns: ['Key', 'Credits left', 'Reserved', 'Charged', 'Faults'],
		rows: accounts.map(({ key, ledger, faults }) => {
			const { credits, reserved, charged } = ledger.state();
			return [code(key), credits, reserved, charged, faultsCell(faults)];
		}),
	};
}

/** Up to four digits that count, so that cheap things don't cost nothing. */
export function dollars(amount: number): string {
	return `$${Number(amount.toPrecision(4))}`;
}

/** So many characters stand on one line. */
const SHORT = 24;

function cellHtml(cell: Cell): Html {
	const isLong = typeof cell === 'string' && cell.length > SHORT;
	return isLong ? html`<td class="long">${cell}</td>` : html`<td>${cell}</td>`;
}

export function tableHtml({ title, columns, rows, empty, isFolded }: Table): Html {
	const heads = columns.map((column) => html`<th>${column}</th>`);
	const lines = rows.map(
		(row) =>
			html`<tr>
				${row.map(cellHtml)}
			</tr>`,
	);
	const content =
		rows.length === 0
			? html`<p class="soft">${empty ?? 'None yet.'}</p>`
			: html`<div class="wide">
					<table>
						<tr>
							${heads}
						</tr>
						${lines}
					</table>
				</div>`;
	if (isFolded)
		return html`<details>
			<summary>${title}</summary>
			${content}
		</details>`;
	return html`<h3>${title}</h3>
		${content}`;
}
