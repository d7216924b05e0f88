// Colours that go well together.
export interface Palette {
	/** From the top of the sky down to the horizon. */
	sky: readonly [string, string, string];
	/** From far to near. */
	land: readonly [string, string];
	light: string;
	accents: readonly [string, string, string, string];
	paper: string;
}

export const palettes: readonly Palette[] = [
	{
		sky: ['#2b2d63', '#b5577c', '#ffb37b'],
		land: ['#a35a7f', '#1d1b3a'],
		light: '#ffe3b3',
		accents: ['#ff7d6b', '#ffc46b', '#7a4d9c', '#3b3a78'],
		paper: '#fff1e3',
	},
	{
		sky: ['#0f4c75', '#3fa7b5', '#d9f1e4'],
		land: ['#7cbfb6', '#0b3340'],
		light: '#ffffff',
		accents: ['#118a7e', '#f2b134', '#ed6a5a', '#15475b'],
		paper: '#eff7f2',
	},
	{
		sky: ['#3a1c71', '#8f4aa6', '#f7a6c1'],
		land: ['#9a5bb0', '#22103f'],
		light: '#ffe9f3',
		accents: ['#e85d9e', '#7b5bd6', '#ffb86b', '#412a7a'],
		paper: '#fbf0f8',
	},
	{
		sky: ['#12355b', '#5c8fc4', '#f6dfc0'],
		land: ['#86a3bf', '#10243d'],
		light: '#fff4d6',
		accents: ['#d7263d', '#f5a623', '#1b6ca8', '#14324f'],
		paper: '#f7f2e7',
	},
	{
		sky: ['#1e3d2f', '#5f9a6b', '#f3e9a9'],
		land: ['#8dae77', '#13291f'],
		light: '#fffbd6',
		accents: ['#e07a3f', '#f0c24b', '#3f8f6b', '#1f4a3a'],
		paper: '#f6f5e4',
	},
	{
		sky: ['#5b1f2e', '#d65a31', '#ffd56b'],
		land: ['#b9533a', '#2b1020'],
		light: '#fff0b8',
		accents: ['#e4572e', '#f3a712', '#a8324a', '#55203a'],
		paper: '#fff4de',
	},
];

/** A colour between two, from 0 (the first) to 1 (the second). */
export function mix(from: string, to: string, share: number): string {
	const channels = [1, 3, 5].map((start) => {
		const low = Number.parseInt(from.slice(start, start + 2), 16);
		const high = Number.parseInt(to.slice(start, start + 2), 16);
		return Math.round(low + (high - low) * share);
	});
	return `#${channels.map((channel) => channel.toString(16).padStart(2, '0')).join('')}`;
}

export function transparent(colour: string, alpha: number): string {
	const byte = Math.round(Math.min(1, Math.max(0, alpha)) * 255);
	return `${colour}${byte.toString(16).padStart(2, '0')}`;
}
