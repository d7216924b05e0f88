// Hosts that only a machine or a local network knows: nobody outside can fetch an image from them, or call them back.
import { isInternal } from '../../../../providers/requests/internalHost';

test.each([
	...['localhost', 'n8n.localhost', 'nas.local', 'a.localdomain', 'db.internal', 'x.lan', 'x.home'],
	...['x.home.arpa', 'x.corp', 'x.intranet', 'local', 'n8n', 'nas.local.'],
	...['0.0.0.0', '10.1.2.3', '127.0.0.1', '169.254.1.1', '192.168.0.1'],
	...['172.16.0.1', '172.20.0.1', '172.29.0.1', '172.30.0.1', '172.31.255.255'],
	...['100.64.0.1', '100.69.0.1', '100.70.0.1', '100.99.0.1', '100.100.0.1', '100.119.0.1'],
	...['100.120.0.1', '100.127.255.255'],
	...['[::]', '[::1]', '[fc00::1]', '[fd12:3456::1]', '[fe80::1]', '[febf::1]', '[::ffff:a00:1]'],
])('%s is internal', (host) => {
	expect(isInternal(host)).toBe(true);
});

test.each([
	...['example.com', 'localhost.example.com', 'mylocal.com', 'x.homes', 'notlocal.dev', 'x.arpa'],
	...['1.1.1.1', '8.10.0.1', '11.0.0.1', '126.0.0.1', '128.0.0.1', '169.253.1.1', '192.169.0.1'],
	...['172.15.0.1', '172.32.0.1', '172.160.0.1', '1.172.16.0', '100.63.0.1', '100.128.0.1'],
	...['100.640.0.1', '1.100.64.0', '1.192.168.0', '1.169.254.0'],
	...['[2001:db8::1]', '[fec0::1]', '[fb00::1]', '[::2]', '[1::fc00]', '[2001::1]'],
	...['10.example.com', '127.0.0.1.example.com'],
])('%s is not', (host) => {
	expect(isInternal(host)).toBe(false);
});
