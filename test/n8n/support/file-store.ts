// What has arrived in the sandbox's file store.
import { settings } from './settings';

export interface StoredFile {
	id: string;
	name: string;
	url: string;
}

export async function storedFiles(): Promise<StoredFile[]> {
	const response = await fetch(`http://127.0.0.1:${settings.sandboxPort}/street/files/v1/files`, {
		headers: { authorization: 'Bearer sandbox-files-token' },
	});
	return ((await response.json()) as { files: StoredFile[] }).files;
}
