// A fault that holds the answer to a create back: it goes out when the test replaces the key's faults.

/** Longer than any test takes. */
export const HELD_BACK = { answerDelayMs: 3_600_000, answerDelayOf: 'create' } as const;
