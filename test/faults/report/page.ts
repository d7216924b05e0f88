// The map of a run: one page without a script, a row for each fault, a column for each operation and mode.
import { MODES, SPELLS, type Cell } from '../cells';
import { faults } from '../faults';
import { operations } from '../operations';
import {
	cameOut,
	CLASSES,
	CLASS_TITLES,
	classOf,
	repeatLine,
	wasCharged,
	type Result,
} from '../result';

const STYLE = `
:root { color-scheme: light dark; font: 14px/1.4 system-ui, sans-serif; }
body { margin: 1.5rem; }
table { border-collapse: separate; border-spacing: 1px; }
th { font-weight: normal; text-align: left; white-space: nowrap; }
thead th { vertical-align: bottom; }
thead .tall { writing-mode: vertical-rl; transform: rotate(180deg); padding: 4px 0; }
tbody th { position: sticky; left: 0; background: Canvas; padding-right: .75rem; z-index: 1; }
td { min-width: 13px; height: 13px; padding: 0; border-radius: 2px; }
td a { display: block; width: 100%; height: 13px; text-align: center; font-size: 10px; line-height: 13px; text-decoration: none; color: inherit; }
.made { background: light-dark(#9fd3a8, #2f6b3a); }
.free { background: light-dark(#cfd6dd, #4a5560); }
.warned { background: light-dark(#f3cf80, #8a6414); }
.kept { background: light-dark(#a9c8ee, #2a5688); }
.broken { background: light-dark(#d3302f, #ff5c5c); color: light-dark(#fff, #000); }
.key td { width: 13px; }
section { margin: 1rem 0; padding: .5rem 1rem; border-left: 3px solid GrayText; }
section:not(:target) { display: none; }
code { user-select: all; }
.scroll { overflow-x: auto; }
`;
/** So that the classes can be told apart without colours. */
const LETTERS = { made: '', free: '·', warned: '!', kept: '#', broken: '✕' } as const;
/** Times of the fault, as the rows name them. */
const SPELL_TITLES = { once: 'the first time', always: 'each time' } as const;

export function pageOf(results: readonly Result[], title: string): string {
	const byId = new Map(results.map((result) => [result.cell.id, result]));
	const columns = operations.flatMap(({ provider, id: operation }) =>
		MODES.map((mode) => ({ provider, operation, mode })),
	);
	const rows = faults.flatMap((fault) => SPELLS.map((spell) => ({ fault, spell })));
	const lines = rows.flatMap(({ fault, spell }) => {
		const cells = columns.map(({ provider, operation, mode }) =>
			byId.get([provider, operation, fault.id, spell, mode].join('/')),
		);
		if (cells.every((cell) => cell === undefined)) return [];
		const name = `${escaped(fault.title)}, ${SPELL_TITLES[spell]}`;
		return [`<tr><th title="${fault.id}">${name}</th>${cells.map(squareOf).join('')}</tr>`];
	});
	const heads = columns.map(({ provider, operation, mode }) => {
		const text = `${provider} · ${operation} · ${mode}`;
		return `<th><span class="tall">${text}</span></th>`;
	});
	return `<!DOCTYPE html>
<html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>${escaped(title)}</title><style>${STYLE}</style>
<h1>${escaped(title)}</h1>
<p>Each square is one cell: a fault, done to an operation of a node, which then stops, continues, is tried again, or is tried again and continues. Point at a square to read what came out and what the server charged; click it for the line that repeats it.</p>
<table class="key">${CLASSES.map(keyOf).join('')}</table>
${results.map(detailOf).join('\n')}
<div class="scroll"><table><thead><tr><th>Fault</th>${heads.join('')}</tr></thead>
<tbody>
${lines.join('\n')}
</tbody></table></div>
</html>
`;
}

function keyOf(name: (typeof CLASSES)[number]): string {
	return `<tr><td class="${name}"><a>${LETTERS[name]}</a></td><th>${CLASS_TITLES[name]}</th></tr>`;
}

function squareOf(result: Result | undefined): string {
	if (!result) return '<td></td>';
	const name = classOf(result);
	const text = `${result.cell.id}\n${factsOf(result).join('\n')}`;
	return `<td class="${name}" title="${escaped(text)}"><a href="#${anchorOf(result.cell)}">${LETTERS[name]}</a></td>`;
}

function detailOf(result: Result): string {
	const facts = factsOf(result).map((fact) => `${escaped(fact)}<br>`);
	return `<section id="${anchorOf(result.cell)}"><b>${result.cell.id}</b><br>${facts.join('')}<code>${repeatLine(result.cell)}</code></section>`;
}

function factsOf(result: Result): string[] {
	const broken = result.violations.map((what) => `Broken: ${what}`);
	const said = result.message === undefined ? [] : [`In words: ${result.message}`];
	return [...broken, `Came out: ${cameOut(result)}`, `Charged: ${wasCharged(result)}`, ...said];
}

function anchorOf({ id }: Cell): string {
	return id.replaceAll('/', '-');
}

function escaped(text: string): string {
	const named: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
	return text.replace(/[&<>"]/g, (each) => named[each]!);
}
