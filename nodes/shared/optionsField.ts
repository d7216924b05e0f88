// The Options field, which stands last in every operation and trigger that has settings beside the point.
import type { INodeProperties } from 'n8n-workflow';

/** The field with these entries, sorted by name as n8n wants it. */
export function optionsField(entries: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...entries].sort((a, b) => a.displayName.localeCompare(b.displayName)),
	};
}
