// What a person's Options, and their words, say about the output of one item. Kept with an execution that is suspended.

export interface OutputSettings {
	/** The binary field for the picture, or undefined for links only. */
	binaryField?: string;
	/** Whether all images of the item become one item. */
	groupImages?: boolean;
	/** What the person calls the files; undefined for names that are made of the prompt. */
	fileName?: string;
	/** The person's own words. Undefined where only the provider can tell them, if anyone. */
	prompt?: string;
	/** Whether the items are to say if an earlier execution had ordered them: where the provider knows an order again. */
	tellsOrderedBefore?: boolean;
}
