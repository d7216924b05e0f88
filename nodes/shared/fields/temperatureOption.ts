// Temperature, in the same words wherever a chat model writes.
import type { INodeProperties } from 'n8n-workflow';

export const temperatureOption: INodeProperties = {
	displayName: 'Temperature',
	name: 'temperature',
	type: 'number',
	typeOptions: { minValue: 0, maxValue: 2, numberPrecision: 1 },
	default: 1,
	description: 'Low for sober answers that are much alike each time, high for surprising ones',
};
