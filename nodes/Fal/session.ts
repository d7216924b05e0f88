// What the fal node sets up once per execution, and its operations share; and what it learns of the models it is asked for.
import { resultOf, failureIn } from '../../pipeline/result';
import { ask, type Connection } from '../../pipeline/session';
import { createFal, readFacts, type Fal, type FalAddresses } from '../../providers/fal';
import type { ModelFacts } from '../../providers/fal/facts';
import { accountOpener, taskSessionOpener } from '../shared/execute/openAccount';

/** What is known of a model; where its settings could not be asked for, why. */
export interface Lesson {
	facts: ModelFacts;
	trouble?: string;
}

export type FalSession = Awaited<ReturnType<typeof openSession>>;

export const openAccount = accountOpener(
	'falApi',
	(credential: FalAddresses & { apiKey: string }) => {
		const known = new Map<string, ModelFacts>();
		const lessons = new Map<string, Promise<Lesson>>();
		return { ...createFal(credential, (model) => known.get(model) ?? {}), known, lessons };
	},
);

export const openSession = taskSessionOpener(openAccount);

/** Asks the catalogue and the price list about a model, once. From then on the provider knows it. */
export async function learn(
	{ connection, provider }: { connection: Connection; provider: LearningFal },
	model: string,
): Promise<Lesson> {
	const lesson = provider.lessons.get(model) ?? lessonOf(connection, provider, model);
	provider.lessons.set(model, lesson);
	const learnt = await lesson;
	provider.known.set(model, learnt.facts);
	return learnt;
}

type LearningFal = Fal & { known: Map<string, ModelFacts>; lessons: Map<string, Promise<Lesson>> };

/** It is a help: nothing waits long for it. */
const LEARN_MILLISECONDS = 10_000;

/** Throws where the key is wrong. Of anything else that goes wrong here, an order is no worse than an unknown model's. */
async function lessonOf(connection: Connection, provider: Fal, model: string): Promise<Lesson> {
	const [described, priced] = await Promise.all(
		[provider.describe(model), provider.unitPrice.request(model)].map(
			async (request) =>
				await resultOf(ask(connection, request, { timeoutMilliseconds: LEARN_MILLISECONDS })),
		),
	);
	const refusal = described?.ok === false ? described.error : undefined;
	const kind = refusal && failureIn(refusal)?.details.kind;
	if (refusal && kind === 'auth') throw refusal;
	// A model of one's own needn't be in the catalogue.
	const isUnknown = kind === 'modelGone' || kind === 'notFound';
	return {
		facts: readFacts(
			model,
			described?.ok ? described.value : undefined,
			priced?.ok ? priced.value : undefined,
		),
		...(refusal && !isUnknown && { trouble: refusal.message }),
	};
}
