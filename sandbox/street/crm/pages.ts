// The CRM as people see it: the list of deals with the webhook's settings, and a page for each deal.
import { type Html, html, timeOf } from '../../http/html';
import { type Deal, STAGES } from './deals';
import type { CrmService } from './service';
import { REPEATS } from './webhook';

const SHOWN_DELIVERIES = 10;

const dollars = (amount: number): string => `$${amount.toLocaleString('en-US')}`;

function dealCard({ id, title, stage, amount, files }: Deal): Html {
	return html`<article class="card">
		<a href="/street/crm/deals/${id}"
			><img src="/street/crm/photos/${id}.jpg" alt="Product photo: ${title}"
		/></a>
		<h3><a href="/street/crm/deals/${id}">${title}</a></h3>
		<span class="badge">${stage}</span>
		<small>${dollars(amount)} · ${files.length} ${files.length === 1 ? 'file' : 'files'}</small>
	</article>`;
}

function choices(values: readonly string[], chosen: string): Html[] {
	return values.map((value) => {
		const selected = value === chosen && html` selected`;
		return html`<option${selected}>${value}</option>`;
	});
}

function deliveries({ webhook }: CrmService): Html {
	const rows = webhook.deliveries
		.slice(-SHOWN_DELIVERIES)
		.reverse()
		.map(
			({ at, taskId, headers, attempt, status, error }) =>
				html`<tr>
					<td>${timeOf(new Date(at))}</td>
					<td>${taskId}</td>
					<td><code>${headers['x-event-id'] ?? ''}</code></td>
					<td>${attempt}</td>
					<td>${status ?? error ?? 'no answer'}</td>
				</tr>`,
		);
	if (rows.length === 0) return html`<p class="soft">Nothing was sent yet.</p>`;
	return html`<table>
		<tr>
			<th>Sent</th>
			<th>Deal</th>
			<th>Event</th>
			<th>Try</th>
			<th>Answer</th>
		</tr>
		${rows}
	</table>`;
}

function alert(problem: string | undefined): Html {
	return html`${problem !== undefined && html`<p class="card alert" role="alert">${problem}</p>`}`;
}

export function dealsPage(
	crm: CrmService,
	{ apiUrl, token }: { apiUrl: string; token: string },
	problem?: string,
): Html {
	const { webhook } = crm;
	return html`<p class="soft">
			Deals to try workflows with. Change one, and the webhook tells n8n.
		</p>
		${alert(problem)}
		<div class="cards">${crm.deals.list().map(dealCard)}</div>
		<h2>Webhook</h2>
		<form class="card" method="post" action="/street/crm/webhook">
			<label for="url">Where to send changes of deals</label>
			<input
				id="url"
				name="url"
				value="${webhook.url ?? ''}"
				placeholder="e.g. the Production URL of n8n’s Webhook node"
			/>
			<label for="twice">Send a change twice</label>
			<select id="twice" name="twice">
				${choices(REPEATS, webhook.repeats)}
			</select>
			<p class="soft">
				Webhooks arrive at least once, and sometimes twice: both have the same
				<code>event_id</code>.
			</p>
			<button>Save</button>
		</form>
		${deliveries(crm)}
		<h2>To work with deals from n8n</h2>
		<div class="card">
			<p>
				In an <b>HTTP Request</b> node. Authentication: Generic, Header Auth, name
				<code>Authorization</code>, value <code>Bearer ${token}</code>.
			</p>
			<table>
				<tr>
					<td><code>GET</code></td>
					<td><code>${apiUrl}/deals</code></td>
					<td>All deals, or one with its ID behind</td>
				</tr>
				<tr>
					<td><code>PATCH</code></td>
					<td><code>${apiUrl}/deals/1001</code></td>
					<td>
						JSON with <code>title</code>, <code>stage</code>, <code>scene</code> or
						<code>amount</code>
					</td>
				</tr>
				<tr>
					<td><code>POST</code></td>
					<td><code>${apiUrl}/deals/1001/files</code></td>
					<td>Form-Data, the file in <code>file</code></td>
				</tr>
				<tr>
					<td><code>POST</code></td>
					<td><code>${apiUrl}/deals/1001/notes</code></td>
					<td>JSON with <code>text</code></td>
				</tr>
			</table>
		</div>`;
}

/** A note's text, with its links to click on. */
function linked(text: string): Html[] {
	return text
		.split(/(https?:\/\/[^\s<>"]+)/)
		.map((part, index) => (index % 2 === 1 ? html`<a href="${part}">${part}</a>` : html`${part}`));
}

function filesOf({ files }: Deal): Html {
	if (files.length === 0) return html`<p class="soft">No files yet.</p>`;
	return html`<div class="cards">
		${files.map(({ id, name, mimeType, addedAt }) => {
			const address = `/street/crm/files/${id}/${encodeURIComponent(name)}`;
			const picture = mimeType.startsWith('image/') && html`<img src="${address}" alt="${name}" />`;
			return html`<article class="card">
				${picture}
				<p><a href="${address}">${name}</a><br /><small>${timeOf(addedAt)}</small></p>
			</article>`;
		})}
	</div>`;
}

function notesOf({ notes }: Deal): Html {
	if (notes.length === 0) return html`<p class="soft">No notes yet.</p>`;
	return html`${notes.map(
		({ text, addedAt }) =>
			html`<div class="card">
				<p style="white-space: pre-line">${linked(text)}</p>
				<small>${timeOf(addedAt)}</small>
			</div>`,
	)}`;
}

function photoOf({ id, title, hasMask }: Deal): Html {
	const mask =
		hasMask &&
		html`<p class="soft">
			<a href="/street/crm/masks/${id}.png">Its mask</a> lets the background be changed, and nothing
			of the product.
		</p>`;
	return html`<div>
		<img src="/street/crm/photos/${id}.jpg" alt="Product photo: ${title}" />
		${mask}
	</div>`;
}

export function dealPage(deal: Deal, problem?: string): Html {
	const { id, title, stage, scene, amount, updatedAt } = deal;
	return html`<p class="soft">
			Deal ${id}, changed ${timeOf(updatedAt)}. <a href="/street/crm">All deals</a>
		</p>
		${alert(problem)}
		<div class="pair">
			${photoOf(deal)}
			<form class="card" method="post" action="/street/crm/deals/${id}">
				<label for="title">Title</label><input id="title" name="title" value="${title}" />
				<label for="stage">Stage</label
				><select id="stage" name="stage">
					${choices(STAGES, stage)}
				</select>
				<label for="scene">Picture for the customer</label
				><textarea id="scene" name="scene" rows="3">${scene}</textarea>
				<label for="amount">Amount in dollars</label
				><input id="amount" name="amount" inputmode="decimal" value="${amount}" />
				<button>Save</button>
				<p class="soft">
					The webhook tells of each change.
					<a href="/street/crm/deals/${id}">Reload</a> to see what has come back.
				</p>
			</form>
		</div>
		<h2>Files</h2>
		${filesOf(deal)}
		<h2>Notes</h2>
		${notesOf(deal)}`;
}
