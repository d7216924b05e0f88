// What a provider has, beside the contract, whose models describe their own input: each by an OpenAPI schema in its catalogue.
import type { HttpAnswer, HttpRequest } from '../contract';
import type { ModelFamily } from '../limits/modelRows';
import type { Dialect } from './dialect';
import type { InputFields } from './inputFields';

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

export interface DescribedModels {
	dialect: Dialect;
	/** A model as a person enters it. Throws a badInput failure where it is none. */
	modelOf(written: string): string;
	/** Requests that tell of a model: the first of its input, others of whatever else can be known. */
	describe(model: string): HttpRequest[];
	/** What the answers tell. In the place of one that could not be had stands undefined. */
	readFacts(answers: Array<HttpAnswer | undefined>, model: string): ModelFacts;
	/** The catalogue's models for a use, by the words that a person types. */
	models(use: Use, words?: string, cursor?: string): HttpRequest;
	readModels(answer: HttpAnswer): ModelPage;
}
