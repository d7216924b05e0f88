// What has arrived on the sandbox's social network.
import { settings } from './settings';

export interface Post {
	id: string;
	status: string;
	format: string;
	caption: string;
	alt_text: string;
	url: string;
	picture_url: string;
}

/** Latest first. */
export async function posts(): Promise<Post[]> {
	const response = await fetch(`http://127.0.0.1:${settings.sandboxPort}/street/social/v1/posts`, {
		headers: { authorization: 'Bearer sandbox-social-token' },
	});
	return ((await response.json()) as { posts: Post[] }).posts;
}
