// Takes the words that only one provider knows out of a prompt's directives, so that the shared ones can be read.
const bracket = /\[sandbox:([^\]]*)\]/gi;

export interface OwnDirectives {
	/** The prompt with the shared directives left in it. */
	prompt: string;
	/** By name; true where a word has no value. */
	words: Record<string, string | true>;
}

export function takeOwnDirectives(prompt: string, names: readonly string[]): OwnDirectives {
	const words: OwnDirectives['words'] = {};
	const own = new RegExp(
		`(?<![=\\w-])(${names.join('|')})(?![\\w-])(?:=("[^"]*"|[^\\s,\\]]+))?`,
		'gi',
	);
	const rest = prompt.replace(bracket, (_whole, inside: string) => {
		const others = inside.replace(own, (_word, name: string, value: string | undefined) => {
			words[name.toLowerCase()] = value?.replace(/^"|"$/g, '') ?? true;
			return '';
		});
		return `[sandbox:${others}]`;
	});
	return { prompt: rest, words };
}
