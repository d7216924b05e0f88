// Each wish, judged by the provider's books and by what its person was told.
const NONE = { created: 0, charged: 0 };

/**
 * What has become of a wish: `out`, an image; `free`, told as failed, and nothing was charged; `unsure`, told that it may
 * have been charged, or where its task is; `logged`, n8n died over it, and its log names the item; `notOrdered`, n8n died
 * before it was sent; `lost`, paid for, and nobody was told, or the wrong thing.
 */
export function judge({ marker }, { ledger, person, sent }) {
	const { created, charged } = ledger.get(marker) ?? NONE;
	const { pictures, told } = person.outcomes.get(marker);
	const different = new Set(pictures).size;
	return {
		fate: fateOf({ created, charged, pictures, told, person, isLogged: sent.has(marker) }),
		madeTwice: different > 1,
		chargedTwice: charged > 1,
	};
}

function fateOf({ created, charged, pictures, told, person, isLogged }) {
	if (pictures.length > 0) return 'out';
	if (told.some(({ taskId, mayBeCharged }) => mayBeCharged || (charged > 0 && taskId))) {
		return 'unsure';
	}
	if (told.length > 0) return charged > 0 ? 'lost' : 'free';
	if (isLogged) return 'logged';
	return person.hasCrashed() && created === 0 && charged === 0 ? 'notOrdered' : 'lost';
}
