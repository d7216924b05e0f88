// The Options field, which stands last in every operation and trigger that has settings beside the point.
import type { INodeProperties } from 'n8n-workflow';

/** What people add most, in this order. All others follow by name. */
const FREQUENT = [
	'fileName',
	'outputFormat',
	'background',
	'groupImages',
	'reference',
	'maximumCost',
	'includeInputFields',
	'binaryPropertyOutput',
	'output',
	'timeLimitSeconds',
];

export function optionsField(entries: INodeProperties[]): INodeProperties {
	return {
		displayName: 'Options',
		name: 'options',
		type: 'collection',
		placeholder: 'Add option',
		default: {},
		options: [...entries].sort(
			(a, b) => placeOf(a) - placeOf(b) || a.displayName.localeCompare(b.displayName),
		),
	};
}

function placeOf({ name }: INodeProperties): number {
	const place = FREQUENT.indexOf(name);
	return place === -1 ? FREQUENT.length : place;
}
