// Links into n8n itself: where there is one, for how long, and when an agent is better off with it than with the provider's.
import type { IBinaryData } from 'n8n-workflow';

import type { Connection } from '../../../../pipeline/connection';
import { outlivesProvidersLink, ownLink } from '../../../../pipeline/media/ownLinks';
import type { StoredImage } from '../../../../pipeline/media/store/storedImage';
import type { ImageTask } from '../../../../providers/contract';
import { createVirtualClock } from '../virtualClock';

const clock = createVirtualClock(Date.parse('2026-11-28T12:00:00Z'));
const IN_14_DAYS = new Date('2026-12-12T12:00:00Z');

interface N8n {
	type?: string;
	address?: string;
	/** What the workflow says of its executions' data; missing where n8n doesn't tell. */
	saved?: string;
	hasSettings?: boolean;
	makesLinks?: boolean;
}

function n8nAs(n8n: N8n = {}): Pick<Connection, 'context' | 'clock'> {
	const { type = 'evoLinkTool', address = 'https://n8n.example.com/', saved } = n8n;
	const { hasSettings = true, makesLinks = true } = n8n;
	const context = {
		helpers: makesLinks
			? {
					createBinarySignedUrl: ({ id }: IBinaryData, expiresIn: string) =>
						`${address}binary?token=${id} for ${expiresIn}`,
				}
			: {},
		getNode: () => ({ type }),
		getInstanceBaseUrl: () => address,
		...(hasSettings && { getWorkflowSettings: () => ({ saveDataSuccessExecution: saved }) }),
	};
	return { context: context as unknown as Connection['context'], clock };
}

const stored = (id?: string): StoredImage => ({
	binary: { data: 'x', mimeType: 'image/png', ...(id !== undefined && { id }) },
	facts: { type: 'png', bytes: 1 },
	mimeType: 'image/png',
});

test('a stored picture has a link for 14 days', () => {
	expect(ownLink(n8nAs(), stored('file-1'))).toEqual({
		url: 'https://n8n.example.com/binary?token=file-1 for 14 days',
		expiresAt: IN_14_DAYS,
	});
});

test.each<[string, N8n, StoredImage | undefined]>([
	['no picture', {}, undefined],
	['a picture in memory', {}, stored()],
	['a picture whose id is empty', {}, stored('')],
	['an n8n that makes no links', { makesLinks: false }, stored('file-1')],
])('there is no link for %s', (_what, n8n, image) => {
	expect(ownLink(n8nAs(n8n), image)).toBeUndefined();
});

test.each<[boolean, string, N8n, Date | undefined]>([
	[true, 'where the provider’s has no end', {}, undefined],
	[true, 'where the provider’s ends a little before', {}, new Date(IN_14_DAYS.getTime() - 1)],
	[false, 'where both end together', {}, IN_14_DAYS],
	[false, 'where the provider’s ends later', {}, new Date(IN_14_DAYS.getTime() + 1)],
	[false, 'outside an agent', { type: 'evoLink' }, undefined],
	[false, 'in an n8n that makes no links', { makesLinks: false }, undefined],
	[false, 'where n8n has no https', { address: 'http://n8n.example.com/' }, undefined],
	[true, 'where n8n has HTTPS in capitals', { address: 'HTTPS://n8n.example.com/' }, undefined],
	[
		false,
		'where another scheme only holds it',
		{ address: 'xhttps://n8n.example.com/' },
		undefined,
	],
	[false, 'on a machine of one’s own', { address: 'https://localhost:5678/' }, undefined],
	[false, 'in a network of one’s own', { address: 'https://192.168.1.4/' }, undefined],
	[false, 'where n8n keeps no executions', { saved: 'none' }, undefined],
	[true, 'where n8n keeps all executions', { saved: 'all' }, undefined],
	[true, 'where n8n doesn’t tell what it keeps', { hasSettings: false }, undefined],
])('a link into n8n is the better one: %s, %s', (expected, _where, n8n, expiresAt) => {
	expect(outlivesProvidersLink(n8nAs(n8n), { expiresAt } as ImageTask)).toBe(expected);
});
