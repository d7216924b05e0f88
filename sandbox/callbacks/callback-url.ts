// Checks a callback URL as providers do: https, no internal address, not too long. Loopback is the sandbox's exception.
import { BlockList, isIP } from 'node:net';

const CALLBACK_URL_LIMIT = 2048;

const loopback = new BlockList();
loopback.addSubnet('127.0.0.0', 8, 'ipv4');
loopback.addAddress('::1', 'ipv6');

const internal = new BlockList();
for (const [network, prefix] of [
	['0.0.0.0', 8],
	['10.0.0.0', 8],
	['100.64.0.0', 10],
	['169.254.0.0', 16],
	['172.16.0.0', 12],
	['192.168.0.0', 16],
] as const) {
	internal.addSubnet(network, prefix, 'ipv4');
}
internal.addSubnet('fc00::', 7, 'ipv6');
internal.addSubnet('fe80::', 10, 'ipv6');
internal.addAddress('::', 'ipv6');

function listed(list: BlockList, host: string): boolean {
	const version = isIP(host);
	return version !== 0 && list.check(host, version === 4 ? 'ipv4' : 'ipv6');
}

export function isLoopback(host: string): boolean {
	const name = host.replace(/^\[|\]$/g, '').replace(/^::ffff:(?=\d+\.)/, '');
	return name === 'localhost' || name.endsWith('.localhost') || listed(loopback, name);
}

function isInternal(host: string): boolean {
	const name = host.replace(/^\[|\]$/g, '');
	return /\.(local|internal|lan|home\.arpa)$/i.test(name) || listed(internal, name);
}

/** Says what is wrong with a callback URL, or undefined when it can be called. */
export function callbackUrlProblem(text: string): string | undefined {
	if (text.length > CALLBACK_URL_LIMIT) {
		return `it is ${text.length} characters long, ${CALLBACK_URL_LIMIT} is the limit`;
	}
	if (!URL.canParse(text)) return 'it is no valid URL';
	const url = new URL(text);
	// The sandbox itself runs on loopback, so what listens beside it can be called without https.
	if (isLoopback(url.hostname)) {
		return /^https?:$/.test(url.protocol) ? undefined : 'it must be an https URL';
	}
	if (url.protocol !== 'https:') return 'it must be an https URL';
	if (isInternal(url.hostname)) return 'it must not be an internal address';
	return undefined;
}
