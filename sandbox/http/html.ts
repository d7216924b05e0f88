// Writes HTML in which every value is escaped, and the frame around all pages of the sandbox.

/** HTML as it is, not to be escaped again. */
export class Html {
	constructor(readonly text: string) {}
}

type Value = Html | string | number | undefined | false | ReadonlyArray<Html | string | number>;

function textOf(value: Value): string {
	if (value === undefined || value === false) return '';
	if (value instanceof Html) return value.text;
	if (typeof value === 'object') return value.map(textOf).join('');
	return String(value).replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}

/** A template whose values are escaped, unless they are HTML themselves. */
export function html(strings: TemplateStringsArray, ...values: Value[]): Html {
	return new Html(String.raw({ raw: strings }, ...values.map(textOf)));
}

const STYLE = `
:root { color-scheme: light dark; --text: #1f2433; --soft: #5c6478; --line: #dfe3ec; --back: #f4f6fa; --card: #fff;
	--mark: #eef1f6; --link: #2455c3; --accent: #d9480f; }
@media (prefers-color-scheme: dark) { :root { --text: #e7eaf2; --soft: #a3abc0; --line: #333a4d; --back: #14171f;
	--card: #1d212c; --mark: #282e3c; --link: #8db4ff; --accent: #ff9a5c; } }
* { box-sizing: border-box; }
body { margin: 0; font: 16px/1.5 system-ui, sans-serif; color: var(--text); background: var(--back); }
header { background: var(--card); border-bottom: 1px solid var(--line); }
header > div, main { max-width: 60rem; margin: 0 auto; padding: .9rem 1.2rem; }
header a { margin-right: 1.1rem; text-decoration: none; }
header strong { margin-right: 1.4rem; }
main { padding-bottom: 3rem; }
h1 { font-size: 1.6rem; margin: 1rem 0 .3rem; } h2 { font-size: 1.15rem; margin: 2rem 0 .6rem; }
h3 { font-size: 1rem; margin: 1.2rem 0 .3rem; }
a { color: var(--link); }
p { margin: .4rem 0 .8rem; } .soft, small { color: var(--soft); }
code { background: var(--mark); padding: .1em .35em; border-radius: 4px; font-size: .9em; overflow-wrap: anywhere; }
pre { background: var(--mark); padding: .8rem; border-radius: 6px; overflow-x: auto; }
table { border-collapse: collapse; width: 100%; }
td:first-child code, .wide td { white-space: nowrap; }
.wide .long { white-space: normal; }
main:has(.wide) { max-width: 84rem; }
td, th { padding: .3rem 1rem .3rem 0; vertical-align: top; text-align: left; }
th { font-weight: 600; color: var(--soft); border-bottom: 1px solid var(--line); }
.card { background: var(--card); border: 1px solid var(--line); border-radius: 12px; padding: 1rem 1.2rem; margin: 1rem 0; }
.cards { display: grid; grid-template-columns: repeat(auto-fill, minmax(13.5rem, 1fr)); gap: 1rem;
	align-items: start; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(18rem, 1fr)); gap: 1rem; align-items: start; }
.pair .card { margin: 0; }
.cards .card { margin: 0; }
.badge { display: inline-block; background: var(--mark); border-radius: 10px; padding: 0 .7rem; font-size: .85rem; }
.alert, .badge.waits { color: var(--accent); }
img { max-width: 100%; border-radius: 8px; display: block; background: var(--mark); }
label { display: block; margin: .8rem 0 .2rem; font-weight: 600; }
input, select, textarea { width: 100%; font: inherit; color: inherit; background: var(--back); border: 1px solid var(--line);
	border-radius: 8px; padding: .45rem .6rem; }
button { font: inherit; margin-top: .9rem; padding: .45rem 1.2rem; border: 0; border-radius: 8px; background: var(--link);
	color: var(--card); font-weight: 600; cursor: pointer; }
details > summary { cursor: pointer; color: var(--link); }
.wide { overflow-x: auto; }
.thumb { width: 4.5rem; min-width: 4.5rem; height: 4.5rem; object-fit: cover; }
`;

/** Every page of the sandbox that a person may go to. */
const PAGES = [
	['/', 'Providers'],
	['/street/social', 'Social network'],
	['/street/crm', 'CRM'],
	['/street/files', 'File store'],
] as const;

export function page(title: string, body: Html): string {
	const links = PAGES.map(([address, name]) => html`<a href="${address}">${name}</a>`);
	return html`<!DOCTYPE html>
		<html lang="en">
			<head>
				<meta charset="utf-8" />
				<meta name="viewport" content="width=device-width, initial-scale=1" />
				<title>${title}</title>
				<style>
					${new Html(STYLE)}
				</style>
			</head>
			<body>
				<header>
					<div><strong>Sandbox</strong>${links}</div>
				</header>
				<main>
					<h1>${title}</h1>
					${body}
				</main>
			</body>
		</html> `.text;
}

/** "28 Nov 2026, 20:15", on this machine's clock. */
export function timeOf(date: Date): string {
	return date.toLocaleString('en-GB', { dateStyle: 'medium', timeStyle: 'short' });
}
