// Downloads of many deliveries: eight of one provider at a time, whoever asks for them.
import { sharedDownload } from '../../../../pipeline/media/sharedDownloads';
import { turns } from '../virtualClock';

test('eight of a provider go on at a time, and another provider’s don’t wait for them', async () => {
	const begun: string[] = [];
	const ends: Array<() => void> = [];
	const begin = async (provider: string) =>
		await sharedDownload(provider)(async () => {
			begun.push(provider);
			await new Promise<void>((resolve) => ends.push(resolve));
		});
	const all = Array.from({ length: 10 }, async () => await begin('one'));
	all.push(begin('other'));
	await turns();
	expect(begun).toEqual([...Array.from({ length: 8 }, () => 'one'), 'other']);
	ends[0]!();
	await turns();
	expect(begun).toHaveLength(10);
	for (let at = 1; at < 11; at++) {
		ends[at]!();
		await turns();
	}
	await Promise.all(all);
	expect(begun.filter((each) => each === 'one')).toHaveLength(10);
});
