// The social network as people see it: stories above, posts below, the latest first.
import { type Html, html, timeOf } from '../../http/html';
import { type Post, statusOf } from './posts';
import { howToPost } from '../how-to-post';

function when(post: Post): Html {
	return statusOf(post) === 'published'
		? html`<span class="badge">Published ${timeOf(post.publishAt)}</span>`
		: html`<span class="badge waits">Scheduled for ${timeOf(post.publishAt)}</span>`;
}

function picture({ id, altText }: Post): Html {
	return html`<img src="/street/social/pictures/${id}.jpg" alt="${altText}" />`;
}

function card(post: Post): Html {
	const altText = post.altText || 'none';
	return html`<article class="card" id="${post.id}">
		${picture(post)}
		<p style="white-space: pre-line">${post.caption}</p>
		<p>${when(post)}</p>
		<small>Alt text: ${altText}</small>
	</article>`;
}

export function feedPage(
	posts: Post[],
	{ apiUrl, token }: { apiUrl: string; token: string },
): Html {
	const stories = posts.filter(({ format }) => format === 'story');
	const others = posts.filter(({ format }) => format === 'post');
	const nothing = posts.length === 0 && html`<p class="card">Nothing has been posted yet.</p>`;
	return html`<p class="soft">
			What workflows post to the sandbox’s social network appears here. Nobody else sees it.
		</p>
		${nothing}
		${stories.length > 0 &&
		html`<h2>Stories</h2>
			<div class="cards">${stories.map(card)}</div>`}
		${others.length > 0 &&
		html`<h2>Posts</h2>
			<div class="cards">${others.map(card)}</div>`}
		<h2>To post from n8n</h2>
		<div class="card">
			<p>In an <b>HTTP Request</b> node:</p>
			<table>
				${howToPost(`${apiUrl}/posts`, token)}
				<tr>
					<td>Header</td>
					<td>
						<code>Idempotency-Key</code>, if you like: the same post under the same key is made once
					</td>
				</tr>
				<tr>
					<td>Body</td>
					<td>
						Form-Data: the file in <code>picture</code>; <code>caption</code>,
						<code>alt_text</code>, <code>format</code> (post or story) and
						<code>publish_at</code> are up to you
					</td>
				</tr>
			</table>
			<p class="soft">
				Pictures must be JPEG, at most 8 MB; posts between 4:5 and 1.91:1, stories 9:16. Captions
				have at most 2,200 characters and 30 hashtags.
			</p>
		</div>`;
}
