// A chat message as gateways write it: whole in an answer, or in pieces in a stream.
import { z } from 'zod';

/** Each field is read by itself: an odd one takes none of the others with it. */
export const messageSchema = z
	.object({
		/** A text, or parts of which some may be images. */
		content: z
			.union([z.string(), z.array(z.unknown())])
			.nullish()
			.catch(undefined),
		images: z.array(z.unknown()).nullish().catch(undefined),
		refusal: z.string().nullish().catch(undefined),
	})
	.passthrough();
