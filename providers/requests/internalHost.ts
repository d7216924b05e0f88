// Tells addresses that only a machine or a local network knows from those that the internet does.

/** Hosts that only a local network knows. */
const INTERNAL_HOST =
	/(^|\.)(localhost|local|localdomain|internal|lan|home|home\.arpa|corp|intranet)$|^[^.]+$/;
/** RFC 1918, RFC 6598, link-local, loopback, "this" network; and their IPv6 relatives. */
const INTERNAL_ADDRESS = [
	/^(0|10|127)\./,
	/^169\.254\./,
	/^192\.168\./,
	/^172\.(1[6-9]|2\d|3[01])\./,
	/^100\.(6[4-9]|[7-9]\d|1[01]\d|12[0-7])\./,
	/^\[(::1?|f[cd].*|fe[89ab].*|::ffff:.*)\]$/,
];

export function isInternal(host: string): boolean {
	const isAddress = /^[\d.]+$|^\[/.test(host);
	// A name may end with a dot and means the same.
	return isAddress
		? INTERNAL_ADDRESS.some((address) => address.test(host))
		: INTERNAL_HOST.test(host.replace(/\.$/, ''));
}
