// n8n's own library as older versions of n8n have it, and our nodes and credentials as they load with it.
import { basename } from 'path';

import type * as n8nWorkflow from 'n8n-workflow';
import type { ICredentialType, INodeType } from 'n8n-workflow';

import manifest from '../../../../package.json';

export type N8nWorkflow = typeof n8nWorkflow;

export const today = jest.requireActual<N8nWorkflow>('n8n-workflow');

/** By the n8n that ships it. */
export const older: Array<[n8n: string, workflow: N8nWorkflow]> = [
	['1.123', jest.requireActual<N8nWorkflow>('n8n-workflow-1.120')],
	['2.8', jest.requireActual<N8nWorkflow>('n8n-workflow-2.8')],
];

/** What the import answers in a world where n8n's library is this one. */
export function importedWith<T extends object>(workflow: N8nWorkflow, path: string): T {
	let loaded: T | undefined;
	jest.isolateModules(() => {
		jest.doMock('n8n-workflow', () => workflow);
		loaded = jest.requireActual<T>(path);
	});
	jest.dontMock('n8n-workflow');
	return loaded!;
}

export const nodeFiles = sourcesOf(manifest.n8n.nodes);
export const credentialFiles = sourcesOf(manifest.n8n.credentials);

export function nodeIn(workflow: N8nWorkflow, file: string): INodeType {
	return instanceIn(workflow, file);
}

export function credentialIn(workflow: N8nWorkflow, file: string): ICredentialType {
	return instanceIn(workflow, file);
}

function instanceIn<T extends object>(workflow: N8nWorkflow, file: string): T {
	const name = basename(file).split('.')[0]!;
	const classes = importedWith<Record<string, new () => T>>(workflow, `../../../../${file}`);
	return new classes[name]!();
}

function sourcesOf(built: string[]): string[] {
	return built.map((file) => file.replace(/^dist\//, '').replace(/\.js$/, ''));
}
