// What a provider has, beside the contract, whose models describe their own input: each by an OpenAPI schema in its catalogue.
import type { Estimate, HttpAnswer, HttpRequest, ImageProvider, ImageRequest } from '../contract';
import { estimateOf } from '../limits/estimates';
import type { ModelFamily } from '../limits/modelRows';
import type { Dialect } from './dialect';
import { inputOf } from './input';
import type { InputFields } from './inputFields';
import { limitsOf } from './limits';

/** What an operation does with a model. */
export type Use = 'generate' | 'edit' | 'upscale' | 'removeBackground';

/** The models that people know, for the head of the list. What they take and cost, the catalogue tells. */
export type KnownModels = Readonly<Record<Use, readonly ModelFamily[]>>;

export interface UnitPrice {
	dollars: number;
	/** `images`, `megapixels`, `seconds` and others: an open set. */
	unit: string;
}

/** What is known of a model before an order. */
export interface ModelFacts {
	/** Undefined where the catalogue doesn't tell: then nothing is refused, and the usual fields are sent. */
	fields?: InputFields;
	price?: UnitPrice;
}

/** A page of the catalogue. */
export interface ModelPage {
	models: Array<{ id: string; title?: string }>;
	/** Where the next one begins. */
	cursor?: string;
}

/** Empty facts for a model that nobody has asked about. */
export type FactsOf = (model: string) => ModelFacts;

/** What is asked about a model. Undefined where the answer doesn't tell. */
export interface Question<Fact> {
	request(model: string): HttpRequest;
	read(answer: HttpAnswer, model: string): Fact | undefined;
}

export interface DescribedModels {
	dialect: Dialect;
	/** The request as the model's own input. Throws a badInput failure for a size that the model hasn't. */
	inputOf(request: ImageRequest): Record<string, unknown>;
	/** A model as a person enters it. Throws a badInput failure where it is none. */
	modelOf(written: string): string;
	/** Asks what a model takes. */
	input: Question<InputFields>;
	/** Asks what a unit of it costs, where the catalogue tells. */
	price?: Question<UnitPrice>;
	/** The catalogue's models for a use, by the words that a person types. */
	models(use: Use, words?: string, cursor?: string): HttpRequest;
	readModels(answer: HttpAnswer): ModelPage;
}

export type DescribedProvider = ImageProvider & DescribedModels;

/** What follows from the dialect, and from what is known of a model. Without `estimate`, only a person's own prices tell. */
export function describedIn(
	dialect: Dialect,
	factsOf: FactsOf,
	estimate?: (facts: ModelFacts, request: ImageRequest) => Estimate | undefined,
): Required<Pick<DescribedProvider, 'dialect' | 'estimate' | 'inputOf' | 'limits'>> {
	return {
		dialect,
		estimate: (request, own) =>
			own ? estimateOf(request, undefined, own) : estimate?.(factsOf(request.model), request),
		inputOf: (request) => inputOf(request, factsOf(request.model).fields, dialect),
		limits: (model) => limitsOf(factsOf(model).fields, dialect),
	};
}
