// The page that a browser shows at the sandbox's address: what is served and how to make it misbehave.
import { directiveHelp } from '../faults/directives';
import type { ControlPart } from './control-part';

export function homePage(parts: ControlPart[]): string {
	return `<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<title>Image provider sandbox</title>
<style>
body { font: 16px/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; color: #223; }
code { background: #eef1f6; padding: .1em .35em; border-radius: 4px; }
td { padding: .2rem 1rem .2rem 0; vertical-align: top; }
pre { background: #eef1f6; padding: .8rem; border-radius: 6px; overflow-x: auto; }
</style>
</head>
<body>
<h1>Image provider sandbox</h1>
<p>This server speaks the protocols of image providers and draws the images itself. Nothing leaves this machine and nothing costs anything.</p>
${parts.map(section).join('\n')}
<h2>How to make it misbehave</h2>
<p>Write it into a prompt, in brackets. It is not drawn.</p>
<pre>A lighthouse at dusk [sandbox: seconds=5, create=429 retry-after=1 times=1]</pre>
<table>${directiveHelp.map(([words, meaning]) => row(words, meaning)).join('')}</table>
<p>Or give the same to a key, for all of its requests:</p>
<pre>curl -X POST -H 'content-type: application/json' \\
  -d '{"credits": 100, "faults": {"poll": {"status": 502, "body": "html", "times": 2}}}' \\
  http://…/_sandbox/evolink/keys</pre>
<p><a href="/_sandbox/state">/_sandbox/state</a> shows keys, credits, tasks, callbacks and requests.
<code>POST /_sandbox/evolink/tasks/ID/finish</code> ends a task at once.</p>
</body>
</html>
`;
}

function section(part: ControlPart): string {
	const rows = part.addresses().map(([name, value]) => row(value, name));
	return `<h2>${escape(part.title)}</h2><table>${rows.join('')}</table>${ownDirectives(part)}`;
}

function ownDirectives({ directives = [] }: ControlPart): string {
	if (directives.length === 0) return '';
	const rows = directives.map(([words, meaning]) => row(words, meaning));
	return `<p>What only this provider knows, in brackets in a prompt:</p><table>${rows.join('')}</table>`;
}

function row(code: string, text: string): string {
	return `<tr><td><code>${escape(code)}</code></td><td>${escape(text)}</td></tr>`;
}

function escape(text: string): string {
	return text.replace(/[&<>"]/g, (character) => `&#${character.charCodeAt(0)};`);
}
