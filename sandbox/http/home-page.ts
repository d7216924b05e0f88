// The page that a browser shows at the sandbox's address: for each provider its keys, prices and tasks, and its faults.
import { directiveHelp } from '../faults/directives';
import type { ControlPart } from './control-part';
import { type Html, html, page } from './html';
import { code, tableHtml } from './overview';

export function homePage(parts: ControlPart[]): string {
	const chapters = parts.map(({ name, title }) => html` <a href="#${name}">${title}</a> ·`);
	return page(
		'The sandbox',
		html`<p>
				This server stands in for image providers: it speaks their protocols and draws the images
				itself. Nothing leaves this machine and nothing costs anything.
			</p>
			<p>${chapters} <a href="#faults">Faults</a></p>
			${parts.map(section)}
			<h2 id="faults">How to make it misbehave</h2>
			<div class="card">
				<p>Write it into a prompt, in brackets. It is not drawn.</p>
				<pre>A lighthouse at dusk [sandbox: seconds=5, create=429 retry-after=1 times=1]</pre>
				<table>
					${directiveHelp.map(directive)}
				</table>
				<p>Or give the same to a key, for all of its requests:</p>
				<pre>
curl -X POST -H 'content-type: application/json' \\
  -d '{"credits": 100, "faults": {"poll": {"status": 502, "body": "html", "times": 2}}}' \\
  http://…/_sandbox/evolink/keys</pre
				>
				<p class="soft">
					For programs: <a href="/_sandbox/state">/_sandbox/state</a> shows keys, credits, tasks,
					callbacks and requests. <code>POST /_sandbox/evolink/tasks/ID/finish</code> ends a task at
					once.
				</p>
			</div>`,
	);
}

function section(part: ControlPart): Html {
	const addresses = part.addresses().map(
		([name, value]) =>
			html`<tr>
				<td>${name}</td>
				<td>${code(value)}</td>
			</tr>`,
	);
	return html`<h2 id="${part.name}">${part.title}</h2>
		<div class="card">
			<table>
				${addresses}
			</table>
			${(part.tables?.() ?? []).map(tableHtml)} ${ownDirectives(part)}
		</div>`;
}

function ownDirectives({ directives = [] }: ControlPart): Html | undefined {
	if (directives.length === 0) return undefined;
	return html`<details>
		<summary>Faults that only this provider knows, in brackets in a prompt</summary>
		<table>
			${directives.map(directive)}
		</table>
	</details>`;
}

function directive([words, meaning]: readonly [string, string]): Html {
	return html`<tr>
		<td>${code(words)}</td>
		<td>${meaning}</td>
	</tr>`;
}
