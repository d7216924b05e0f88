// What a page says of reaching its service from n8n's HTTP Request node: the rows that are the same for all of them.
import { html, type Html } from '../http/html';

export function howToPost(address: string, token: string): Html {
	return html`<tr>
			<td>Method and URL</td>
			<td><code>POST</code> <code>${address}</code></td>
		</tr>
		<tr>
			<td>Authentication</td>
			<td>
				Generic, Header Auth. Name <code>Authorization</code>, value
				<code>Bearer ${token}</code>
			</td>
		</tr>`;
}
