// The fields that every credential has.
import type { INodeProperties } from 'n8n-workflow';

interface KeyPlace {
	/** The page where a person makes the key, where there is one for all of them. */
	page?: string;
	placeholder?: string;
}

/** `description` says where a person finds the key; below the field stands a link to that page. */
export function apiKeyField(
	description: string,
	{ page, placeholder }: KeyPlace = {},
): INodeProperties {
	return {
		displayName: 'API Key',
		name: 'apiKey',
		type: 'string',
		typeOptions: { password: true },
		required: true,
		default: '',
		...(placeholder && { placeholder }),
		description,
		...(page && { hint: `Get your key at <a href="${page}" target="_blank">${shown(page)}</a>` }),
	};
}

function shown(page: string): string {
	return page.replace(/^https:\/\//, '');
}

/** The provider's own address, for whoever uses no other server. */
export function baseUrlField(address: string, otherServer: string): INodeProperties {
	return {
		displayName: 'Base URL',
		name: 'baseUrl',
		type: 'string',
		default: address,
		description: `Leave this as it is, unless you use ${otherServer}`,
	};
}

/** Another of the provider's servers. `use` says what it is for. */
export function otherServerField(
	displayName: string,
	name: string,
	address: string,
	use: string,
): INodeProperties {
	return {
		displayName,
		name,
		type: 'string',
		default: address,
		description: `${use}. Leave this as it is, unless you use a test server.`,
	};
}

export function filesBaseUrlField(address: string): INodeProperties {
	return otherServerField('Files Base URL', 'filesBaseUrl', address, 'Where files are uploaded');
}

/** What a person pays, where that isn't what the list says. A text, as older versions of n8n show no lists here. */
export const ownPricesField: INodeProperties = {
	displayName: 'Own Prices',
	name: 'ownPrices',
	type: 'string',
	typeOptions: { rows: 3 },
	default: '',
	placeholder: 'e.g. gpt-image-2 = 0.05',
	description:
		'Only if you pay other prices than the usual ones, or if none are known. One model on each line, with the US dollars for an image. Or those for a million tokens: text in / images in / images out, such as gpt-image-2 = 5 / 8 / 30. Estimates and costs then follow from them.',
};
