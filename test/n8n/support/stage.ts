// What a file's tests play on: a sandbox where the imported credentials expect it, and perhaps a browser in n8n's editor.
import { startSandbox, type Sandbox } from '../../../sandbox';
import { Editor } from './editor';
import { settings } from './settings';

/** Opened before the file's first test and closed after its last one. */
export function withSandbox(): { sandbox: Sandbox } {
	const stage = {} as { sandbox: Sandbox };
	beforeAll(async () => {
		stage.sandbox = await startSandbox({ port: settings.sandboxPort });
	});
	afterAll(async () => {
		await stage.sandbox.close();
	});
	return stage;
}

/** The same, with the editor. */
export function withEditor(): { sandbox: Sandbox; editor: Editor } {
	const stage = withSandbox() as { sandbox: Sandbox; editor: Editor };
	beforeAll(async () => {
		stage.editor = await Editor.open();
	});
	afterAll(async () => {
		await stage.editor.close();
	});
	return stage;
}
