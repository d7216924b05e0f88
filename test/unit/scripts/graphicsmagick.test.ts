// The command that installs GraphicsMagick, system by system.
import { execFileSync } from 'node:child_process';

const systems = [
	['linux', 'ID=debian\nVERSION_ID="13"\n', 'sudo apt-get install graphicsmagick'],
	[
		'linux',
		'NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n',
		'sudo apt-get install graphicsmagick',
	],
	['linux', 'ID="rocky"\nID_LIKE="rhel centos fedora"\n', 'sudo dnf install GraphicsMagick'],
	['linux', 'ID=arch\n', 'sudo pacman -S graphicsmagick'],
	['linux', "ID='opensuse-leap'\n", 'sudo zypper install GraphicsMagick'],
	['linux', 'ID=alpine\n', 'sudo apk add graphicsmagick'],
	['linux', '', 'see http://www.graphicsmagick.org/download.html'],
	['darwin', '', 'brew install graphicsmagick'],
	['win32', '', 'choco install graphicsmagick'],
] as const;

test('fits the system', () => {
	const program = `import { installCommand } from './scripts/lib/graphicsmagick.mjs';
		const systems = ${JSON.stringify(systems)};
		console.log(JSON.stringify(systems.map(([platform, release]) => installCommand(platform, release))));`;
	const output = execFileSync(process.execPath, ['--input-type=module', '-e', program]);
	expect(JSON.parse(output.toString())).toEqual(systems.map(([, , command]) => command));
});
