// Each wish, judged by the provider's books and by what its person was told.
const NONE = { created: 0, charged: 0 };

/**
 * What has become of a wish: `out`, an image; `free`, told as failed, and nothing was charged; `unsure`, told that it may
 * have been charged, or where its task is; `logged`, n8n died over it, and its log names the item; `notOrdered`, n8n died
 * before it was sent; `lost`, nobody was told, or the wrong thing.
 * @param {{marker: string, row: object}} wish
 * @param {{books?: object, outcome: {pictures: string[], told: object[], isDropped?: boolean}, hasCrashed: boolean,
 *   isLogged: boolean}} known books: from the queue test's ledger; outcome: what its person has seen.
 */
export function judge({ row }, { books = NONE, outcome, hasCrashed, isLogged }) {
	const { created, charged } = books;
	const different = new Set(outcome.pictures).size;
	return {
		fate: fateOf(books, outcome, { hasCrashed, isLogged }),
		madeTwice: different > 1 || (row.isSynchronous === true && created > 1),
		chargedTwice: charged > 1,
	};
}

function fateOf({ created, charged }, { pictures, told, isDropped }, { hasCrashed, isLogged }) {
	if (pictures.length > 0) return 'out';
	if (told.some(({ taskId, mayBeCharged }) => mayBeCharged || (charged > 0 && taskId))) {
		return 'unsure';
	}
	if (told.length > 0) return charged > 0 ? 'lost' : 'free';
	if (isDropped || !hasCrashed) return 'lost';
	if (isLogged) return 'logged';
	return created === 0 && charged === 0 ? 'notOrdered' : 'lost';
}
