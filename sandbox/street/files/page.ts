// The file store as people see it: a list, the latest first.
import { type Html, html, timeOf } from '../../http/html';
import { pathOf } from './routes';
import type { StoredFile } from './store';
import { howToPost } from '../how-to-post';

function size(bytes: number): string {
	return bytes < 1_000_000
		? `${Math.ceil(bytes / 1000)} KB`
		: `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function row(file: StoredFile): Html {
	const address = `/street/files${pathOf(file)}`;
	const picture =
		file.mimeType.startsWith('image/') && html`<img class="thumb" src="${address}" alt="" />`;
	return html`<tr>
		<td>${picture}</td>
		<td><a href="${address}">${file.name}</a></td>
		<td>${size(file.bytes.length)}</td>
		<td>${timeOf(file.addedAt)}</td>
	</tr>`;
}

export function filesPage(
	files: StoredFile[],
	{ apiUrl, token }: { apiUrl: string; token: string },
): Html {
	const list =
		files.length === 0
			? html`<p class="card">Nothing is stored yet.</p>`
			: html`<table>
					<tr>
						<th></th>
						<th>Name</th>
						<th>Size</th>
						<th>Stored</th>
					</tr>
					${files.map(row)}
				</table>`;
	return html`<p class="soft">
			What workflows store here gets a public link that lasts for as long as the sandbox runs. A
			sheet to try with: <a href="/street/files/samples/campaign.csv">campaign.csv</a>, forty rows.
		</p>
		${list}
		<h2>To store a file from n8n</h2>
		<div class="card">
			<p>In an <b>HTTP Request</b> node:</p>
			<table>
				${howToPost(`${apiUrl}/files`, token)}
				<tr>
					<td>Body</td>
					<td>
						Form-Data: the file in <code>file</code>, and a <code>name</code> if it is to have
						another one
					</td>
				</tr>
				<tr>
					<td>Answer</td>
					<td>The link is in <code>url</code></td>
				</tr>
			</table>
		</div>`;
}
