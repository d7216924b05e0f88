// What is learnt of models that describe themselves: each is asked about once for an execution, or for what the editor shows.
import { failureIn, resultOf } from '../../../pipeline/result';
import { ask, type Connection } from '../../../pipeline/session';
import type { HttpAnswer } from '../../../providers/contract';
import type {
	DescribedModels,
	DescribedProvider,
	FactsOf,
	ModelFacts,
	Question,
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
		const { price } = provider;
		const unitPrice = price && {
			...price,
			read: (answer: HttpAnswer, model: string) => price.read(answer, model)?.dollars,
		};
		return { ...provider, unitPrice, known, lessons };
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
const LEARNING = { timeoutMilliseconds: 10_000 };

/** Throws where the key is wrong. Of anything else that goes wrong here, an order is no worse than an unknown model's. */
async function lessonOf(
	connection: Connection,
	{ input, price }: DescribedModels,
	model: string,
): Promise<Lesson> {
	const answerTo = async ({ request }: Question<unknown>) =>
		await resultOf(ask(connection, { ...request(model), namesModel: true }, LEARNING));
	const [described, priced] = await Promise.all([answerTo(input), price && answerTo(price)]);
	const facts = {
		fields: described.ok ? input.read(described.value, model) : undefined,
		price: priced?.ok ? price?.read(priced.value, model) : undefined,
	};
	if (described.ok) return { facts };
	const kind = failureIn(described.error)?.details.kind;
	if (kind === 'auth') throw described.error;
	// A model of one's own needn't be in the catalogue.
	const isUnknown = kind === 'modelGone' || kind === 'notFound';
	return { facts, ...(!isUnknown && { trouble: described.error.message }) };
}
