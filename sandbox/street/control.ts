// The street's parts of the control surface: addresses, tokens, and what has arrived.
import type { ControlPart } from '../http/control-part';
import { CRM_TOKEN, FILES_TOKEN, SOCIAL_TOKEN, type Street } from '.';
import { postJson } from './social/routes';

/** Its pages show the rest. */
const nothing = (): void => undefined;

export function streetControl(street: Street): ControlPart[] {
	const access = (service: 'social' | 'crm' | 'files', token: string) => () =>
		[
			['Page', street.addressOf(service)],
			['API', `${street.addressOf(service)}/v1`],
			['Authorization', `Bearer ${token}`],
		] as const;
	const { posts, crm, store } = street;
	return [
		{
			name: 'social',
			title: 'Social network',
			addresses: access('social', SOCIAL_TOKEN),
			state: () => posts.list().map((post) => postJson(post, street.addressOf('social'))),
			register: nothing,
		},
		{
			name: 'crm',
			title: 'CRM',
			addresses: access('crm', CRM_TOKEN),
			state: () => ({
				deals: crm.deals.list().map((deal) => crm.json(deal)),
				deliveries: crm.webhook.deliveries,
			}),
			register: nothing,
		},
		{
			name: 'files',
			title: 'File store',
			addresses: access('files', FILES_TOKEN),
			state: () => store.list().map(({ id, name, bytes }) => ({ id, name, size: bytes.length })),
			register: nothing,
		},
	];
}
