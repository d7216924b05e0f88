// Turns on n8n's guard against requests into its own network. The provider is a server on this machine: it is allowed by the
// name "localhost", and 127.0.0.1 stays an address that the guard blocks. Import this before anything of n8n-core.
Object.assign(process.env, {
	N8N_SSRF_PROTECTION_ENABLED: 'true',
	N8N_SSRF_ALLOWED_HOSTNAMES: 'localhost',
});

/** The same server under the name that is allowed. */
export function allowed(url: string): string {
	return url.replace('127.0.0.1', 'localhost');
}
