// Registers the fonts that come with npm packages, so that Korean, Chinese and emoji are drawn on any machine.
import { GlobalFonts } from '@napi-rs/canvas';

/** The order matters: each character comes from the first font that has it. */
export const FONT_STACK = '"Noto Sans KR", "Noto Sans SC", "Noto Color Emoji"';

const fonts = [
	['Noto Sans KR', '@expo-google-fonts/noto-sans-kr/500Medium/NotoSansKR_500Medium.ttf'],
	['Noto Sans SC', '@expo-google-fonts/noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf'],
	[
		'Noto Color Emoji',
		'@expo-google-fonts/noto-color-emoji/400Regular/NotoColorEmoji_400Regular.ttf',
	],
] as const;

let registered = false;

export function registerFonts(): void {
	if (registered) return;
	registered = true;
	for (const [family, file] of fonts) GlobalFonts.registerFromPath(require.resolve(file), family);
}
