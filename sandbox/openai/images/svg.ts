// Vector pictures: who writes them, and what that takes.
import { type Account, checkModel } from '../accounts/accounts';
import { invalid } from '../errors';
import { Fields } from '../fields';
import { chatRulesOf } from '../models';

export interface SvgAuthor {
	model: string;
}

export interface SvgUsage {
	input_tokens: number;
	model: string;
	output_tokens: number;
	reasoning_tokens: number;
	total_tokens: number;
}

/** OpenAI doesn't tell which model writes by default. */
const USUAL_AUTHOR = 'gpt-6-astra';
const efforts = ['none', 'minimal', 'low', 'medium', 'high', 'xhigh', 'max'] as const;
/** The sandbox's own figures. */
const CHARACTERS_PER_TOKEN = 4;
const REASONING_TOKENS = 120;
const INPUT_TOKENS = 900;

/** Undefined for other formats, which have no author. */
export function readAuthor(
	fields: Fields,
	format: string,
	account: Account,
): SvgAuthor | undefined {
	const given = fields.object('svg');
	if (format !== 'svg') {
		if (!given) return undefined;
		const message = "'svg' is only supported when 'output_format' is 'svg'.";
		throw invalid(message, 'invalid_value', fields.nameOf('svg'));
	}
	if (!given) return { model: USUAL_AUTHOR };
	const author = new Fields(given, false, fields.nameOf('svg'));
	const model = author.text('model') ?? USUAL_AUTHOR;
	checkModel(account, model, 'chat');
	const reasoning = author.object('reasoning');
	author.refuseOthers();
	if (reasoning) {
		const inside = new Fields(reasoning, false, author.nameOf('reasoning'));
		inside.choice('effort', efforts);
		inside.refuseOthers();
	}
	return { model };
}

export function svgUsage({ model }: SvgAuthor, svg: Buffer): SvgUsage {
	const output = REASONING_TOKENS + Math.ceil(svg.length / CHARACTERS_PER_TOKEN);
	return {
		input_tokens: INPUT_TOKENS,
		model,
		output_tokens: output,
		reasoning_tokens: REASONING_TOKENS,
		total_tokens: INPUT_TOKENS + output,
	};
}

export function svgDollars({ model, input_tokens, output_tokens }: SvgUsage): number {
	const { input, output } = chatRulesOf(model)?.prices ?? { input: 0, output: 0 };
	return (input_tokens * input + output_tokens * output) / 1_000_000;
}
