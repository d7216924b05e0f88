// What npm run test:n8n hands over to the tests: the running n8n, its owner, and where things lie.

export interface N8nTestSettings {
	/** The address of the running n8n, without a slash at the end. */
	url: string;
	/** The owner's cookie, as an HTTP header's value. */
	cookie: string;
	owner: { email: string; password: string };
	/** The folder in which n8n is installed. */
	n8nApp: string;
	/** Such as 2.41. */
	n8nVersion: string;
	/** The port that the imported credential expects the sandbox on. */
	sandboxPort: number;
	/** The path of the browser's program. npm run test:versions opens none. */
	chromium?: string;
	/** The folder that screenshots are kept in. */
	screenshots: string;
}

function readSettings(): N8nTestSettings {
	const text = process.env.IMAGEGEN_N8N_TEST;
	if (!text) throw new Error('These tests need a running n8n. Start them with: npm run test:n8n');
	return JSON.parse(text) as N8nTestSettings;
}

export const settings = readSettings();
