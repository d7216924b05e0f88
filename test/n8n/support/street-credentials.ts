// The credentials by which workflows use the sandbox's street: n8n's own Header Auth.
import { rest } from './n8n';

const NAMES = {
	fileStoreSandbox: 'File store (sandbox)',
	socialSandbox: 'Social network (sandbox)',
};

const headerAuth = (name: string, token: string) => ({
	name,
	type: 'httpHeaderAuth',
	data: { name: 'Authorization', value: `Bearer ${token}` },
});

/** Makes a credential with this token; answers it as a node names it. */
export async function addHeaderAuth(token: string): Promise<object> {
	const { id } = await rest<{ id: string }>('POST', '/credentials', headerAuth(token, token));
	return { httpHeaderAuth: { id, name: token } };
}

/** Gives one of the imported credentials another token. */
export async function setToken(id: keyof typeof NAMES, token: string): Promise<void> {
	await rest('PATCH', `/credentials/${id}`, headerAuth(NAMES[id], token));
}
