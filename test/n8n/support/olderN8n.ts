// The version of the running n8n: npm run test:versions runs some of these tests in older ones.
import { settings } from './settings';

/** @param version such as 2.0 */
export function isBefore(version: string): boolean {
	const [[major, minor], [otherMajor, otherMinor]] = [settings.n8nVersion, version].map((text) =>
		text.split('.').map(Number),
	) as [[number, number], [number, number]];
	return major < otherMajor || (major === otherMajor && minor < otherMinor);
}
