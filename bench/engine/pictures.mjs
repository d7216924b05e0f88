// Whether the pictures that came out are those that were made: none missing, none twice, none wrong.

/** @returns {string | undefined} what is wrong, in words */
export function wrongIn({ digests, error }, expected, count) {
	const found = new Set(digests);
	const wanted = new Set(expected);
	const wrong = [...found].filter((digest) => !wanted.has(digest)).length;
	const parts = [
		error,
		digests.length !== count && `${digests.length} images instead of ${count}`,
		digests.length > found.size && `${digests.length - found.size} of them double`,
		wrong > 0 && `${wrong} of them wrong`,
	].filter(Boolean);
	return parts.length > 0 ? parts.join(', ') : undefined;
}
