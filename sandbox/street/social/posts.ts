// The posts of the social network, each made once for its idempotency key.
import { createHash, randomBytes } from 'node:crypto';
import { StreetError } from '../endpoint';
import {
	checkAltText,
	checkCaption,
	checkPicture,
	type PostFormat,
	readFormat,
	readTime,
} from './rules';

const POST_LIMIT = 500;

export interface Post {
	id: string;
	format: PostFormat;
	picture: Buffer;
	caption: string;
	altText: string;
	publishAt: Date;
	createdAt: Date;
}

export interface NewPost {
	picture: Buffer;
	caption?: string;
	alt_text?: string;
	publish_at?: string;
	format?: string;
}

interface Keyed {
	digest: string;
	post: Promise<Post>;
}

export class Posts {
	private readonly posts = new Map<string, Post>();

	private readonly keyed = new Map<string, Keyed>();

	/** Latest first. */
	list(): Post[] {
		return [...this.posts.values()].reverse();
	}

	get(id: string): Post | undefined {
		return this.posts.get(id);
	}

	delete(id: string): boolean {
		return this.posts.delete(id);
	}

	/** Makes a post, or answers the one that was made for the same request under the same key. */
	async publish(wanted: NewPost, key: string | undefined): Promise<{ post: Post; isNew: boolean }> {
		if (key === undefined) return { post: await this.make(wanted), isNew: true };
		const digest = digestOf(wanted);
		const known = this.keyed.get(key);
		if (known && known.digest !== digest) {
			const message =
				'This idempotency key was used for another post. Use a new key for a new post.';
			throw new StreetError(422, 'idempotency_key_reused', message, 'Idempotency-Key');
		}
		if (known) return { post: await known.post, isNew: false };
		const post = this.make(wanted);
		this.keyed.set(key, { digest, post });
		try {
			return { post: await post, isNew: true };
		} catch (error) {
			// What was refused may be mended and sent again under the same key.
			this.keyed.delete(key);
			throw error;
		}
	}

	private async make(wanted: NewPost): Promise<Post> {
		const { picture, caption = '', alt_text: altText = '' } = wanted;
		const now = new Date();
		const format = readFormat(wanted.format);
		const publishAt = readTime(wanted.publish_at, now);
		checkCaption(caption);
		checkAltText(altText);
		await checkPicture(picture, format);
		const id = randomBytes(8).toString('hex');
		const post = { id, format, picture, caption, altText, publishAt, createdAt: now };
		this.posts.set(id, post);
		const [oldest] = this.posts.keys();
		if (this.posts.size > POST_LIMIT && oldest !== undefined) this.posts.delete(oldest);
		return post;
	}
}

export function statusOf({ publishAt }: Post): 'published' | 'scheduled' {
	return publishAt.getTime() <= Date.now() ? 'published' : 'scheduled';
}

function digestOf({ picture, ...texts }: NewPost): string {
	return createHash('sha256')
		.update(JSON.stringify(Object.entries(texts).sort()))
		.update(picture)
		.digest('hex');
}
