// Turns on n8n's guard against requests into its own network. Import this before anything of n8n-core.
process.env.N8N_SSRF_PROTECTION_ENABLED = 'true';
