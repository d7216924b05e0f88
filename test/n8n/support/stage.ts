// What a file's tests play on: a sandbox where the imported credentials expect it, and perhaps a browser in n8n's editor.
import { types } from 'node:util';
import { startSandbox, type Sandbox } from '../../../sandbox';
import { Editor, type Viewport } from './editor';
import { settings } from './settings';

declare global {
	/** What environment.js calls when a test or a hook has failed. */
	var onFailure: ((error: unknown) => Promise<void>) | undefined;
}

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

/** The same, with the editor. A test that fails tells what was to be seen in it. */
export function withEditor(viewport?: Viewport): { sandbox: Sandbox; editor: Editor } {
	const stage = withSandbox() as { sandbox: Sandbox; editor: Editor };
	beforeAll(async () => {
		const editor = await Editor.open(viewport);
		globalThis.onFailure = async (error) => addTo(error, await editor.tellOfFailure());
		stage.editor = editor;
		await editor.signIn();
	});
	afterAll(async () => {
		globalThis.onFailure = undefined;
		await stage.editor.close();
	});
	return stage;
}

/** Puts words behind an error's own: jest prints them with it. */
function addTo(error: unknown, words: string): void {
	if (!types.isNativeError(error)) {
		// Of a test that ran into jest's time limit, there is only a text.
		process.stderr.write(`\n${words}\n`);
		return;
	}
	const { message, stack = message } = error;
	error.message = `${message.trimEnd()}\n\n${words}`;
	error.stack = stack.replace(message, () => error.message);
}
