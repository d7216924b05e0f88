// What is learnt of models that describe themselves: each is asked about once for an execution, or for what the editor shows.
import { failureIn, resultOf } from '../../../pipeline/result';
import { ask, type Connection } from '../../../pipeline/session';
import type {
	DescribedModels,
	DescribedProvider,
	FactsOf,
	ModelFacts,
} from '../../../providers/described/describedModels';
import { accountOpener, type ApiCredential } from '../execute/openAccount';

/** What is known of a model; where its settings could not be asked for, why. */
interface Lesson {
	facts: ModelFacts;
	trouble?: string;
}

export interface Learnt {
	known: Map<string, ModelFacts>;
	lessons: Map<string, Promise<Lesson>>;
}

export type LearningProvider = DescribedProvider & Learnt;

/** Opens the account of the credential that has this name in n8n. Its provider knows of each model what has been learnt. */
export function learningOpener<Addresses, Provider extends DescribedProvider>(
	credentialName: string,
	createProvider: (addresses: Addresses, factsOf: FactsOf) => Provider,
) {
	return accountOpener(credentialName, (credential: ApiCredential & Addresses) => {
		const known: Learnt['known'] = new Map();
		const lessons: Learnt['lessons'] = new Map();
		const provider = createProvider(credential, (model) => known.get(model) ?? {});
		return { ...provider, known, lessons };
	});
}

/** Asks for what there is to know of a model, once. From then on the provider knows it. */
export async function learn(
	{ connection, provider }: { connection: Connection; provider: LearningProvider },
	model: string,
): Promise<Lesson> {
	const lesson = provider.lessons.get(model) ?? lessonOf(connection, provider, model);
	provider.lessons.set(model, lesson);
	const learnt = await lesson;
	provider.known.set(model, learnt.facts);
	return learnt;
}

/** It is a help: nothing waits long for it. */
const LEARN_MILLISECONDS = 10_000;

/** Throws where the key is wrong. Of anything else that goes wrong here, an order is no worse than an unknown model's. */
async function lessonOf(
	connection: Connection,
	provider: DescribedModels,
	model: string,
): Promise<Lesson> {
	const asked = provider
		.describe(model)
		.map(async (request) => ask(connection, request, { timeoutMilliseconds: LEARN_MILLISECONDS }));
	const answers = await Promise.all(asked.map(resultOf));
	const [described] = answers;
	const refusal = described?.ok === false ? described.error : undefined;
	const kind = refusal && failureIn(refusal)?.details.kind;
	if (refusal && kind === 'auth') throw refusal;
	// A model of one's own needn't be in the catalogue.
	const isUnknown = kind === 'modelGone' || kind === 'notFound';
	const told = answers.map((answer) => (answer.ok ? answer.value : undefined));
	return {
		facts: provider.readFacts(told, model),
		...(refusal && !isUnknown && { trouble: refusal.message }),
	};
}
