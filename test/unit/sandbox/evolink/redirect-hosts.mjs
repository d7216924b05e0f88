// Loaded before EvoLink's MCP server: the two hosts that stand fixed in it are the sandbox instead. Nothing else is changed.
const HOSTS = {
	'https://api.evolink.ai': process.env.SANDBOX_BASE_URL,
	'https://files-api.evolink.ai': process.env.SANDBOX_FILES_BASE_URL,
};

const realFetch = globalThis.fetch;

globalThis.fetch = async (address, options) => {
	const { origin } = new URL(address);
	const base = HOSTS[origin];
	if (base === undefined) throw new Error(`No request may leave for ${origin}.`);
	return await realFetch(base + String(address).slice(origin.length), options);
};
