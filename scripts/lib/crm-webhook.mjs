// Tells the sandbox's CRM, which forgets everything when it ends, where the example listens for changes of its deals.
import { sandboxCredentials } from './credentials.mjs';
import { ClearError } from './say.mjs';

const EXAMPLE = 'crm-picture';
const WEBHOOK = 'n8n-nodes-base.webhook';

export async function tellCrm({ examples, n8nUrl, sandboxPort }) {
	const example = examples.find(({ name }) => name === EXAMPLE);
	const webhook = example?.workflow.nodes.find(({ type }) => type === WEBHOOK);
	if (!webhook) return;
	const { data } = sandboxCredentials(sandboxPort).find(({ id }) => id === 'crmSandbox');
	const response = await fetch(`http://127.0.0.1:${sandboxPort}/street/crm/v1/webhook`, {
		method: 'PUT',
		headers: { [data.name]: data.value, 'content-type': 'application/json' },
		body: JSON.stringify({ url: `${n8nUrl}/webhook/${webhook.parameters.path}` }),
	});
	if (!response.ok) throw new ClearError(`The CRM answered: ${await response.text()}`);
}
