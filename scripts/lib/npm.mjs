// Runs npm, counts what it fetches, and turns its failures into sentences.
import { existsSync } from 'node:fs';
import { basename, delimiter, dirname, join } from 'node:path';

import { plainEnvironment, projectEnvironment } from './environment.mjs';
import { inRoot, logs } from './paths.mjs';
import { launch, run, runVisibly } from './processes.mjs';
import { ClearError, progress, tail } from './say.mjs';

const QUIET = ['--no-audit', '--no-fund', '--no-update-notifier'];

/** npm as a script that Node can run: the one that runs us, else the one beside Node or on PATH. */
function npmCli() {
	const outer = process.env.npm_execpath;
	const nodeFolder = dirname(process.execPath);
	const onPath = (process.env.PATH ?? process.env.Path ?? '')
		.split(delimiter)
		.filter(Boolean)
		.flatMap((folder) => [
			join(folder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
			join(folder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
			join(folder, '..', 'share', 'nodejs', 'npm', 'bin', 'npm-cli.js'),
		]);
	return [
		...(outer && basename(outer) === 'npm-cli.js' ? [outer] : []),
		join(nodeFolder, '..', 'lib', 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		join(nodeFolder, 'node_modules', 'npm', 'bin', 'npm-cli.js'),
		...onPath,
	].find((path) => existsSync(path));
}

function npmCommand() {
	const script = npmCli();
	if (script) return { command: process.execPath, before: [script] };
	throw new ClearError(
		'npm is needed and was not found. It comes with Node: install Node from https://nodejs.org ' +
			'(or your system’s "npm" package) and run the command again.',
	);
}

/** What the output of a failed npm means, as a sentence, or undefined. */
function explainNpmFailure(output) {
	if (/ENOSPC|no space left on device/i.test(output)) {
		return 'The disk is full. Free some space and run the command again; it goes on where it stopped.';
	}
	if (/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ENETUNREACH|EHOSTUNREACH/.test(output)) {
		return (
			'The npm registry cannot be reached. Check the network connection (and the proxy, if there is one: ' +
			'npm reads HTTPS_PROXY) and run the command again.'
		);
	}
	if (
		/ETIMEDOUT|ECONNRESET|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|ERR_STREAM_PREMATURE_CLOSE/.test(output)
	) {
		return 'The connection to the npm registry broke off. Run the command again; what was fetched is kept.';
	}
	if (/SELF_SIGNED_CERT|UNABLE_TO_(VERIFY|GET_ISSUER)/.test(output)) {
		return (
			'The npm registry’s certificate is not trusted here, which is common behind a company proxy. ' +
			'Set NODE_EXTRA_CA_CERTS to your company’s certificate file and run the command again.'
		);
	}
	if (/npm (ERR!|error) code (EACCES|EPERM)/.test(output)) {
		return 'npm may not write here. Make sure that you own this folder and npm’s cache, then run the command again.';
	}
	if (/npm (ERR!|error) code (E404|ETARGET)/.test(output)) {
		return 'The npm registry in use does not have a package version that is needed. Use the public registry (npm config delete registry).';
	}
	return undefined;
}

/** Asks the registry for a sign of life, so that a missing network shows in seconds, not minutes. */
export async function checkRegistry() {
	const { command, before } = npmCommand();
	const ping = launch(
		command,
		[
			...before,
			'ping',
			'--fetch-retries=1',
			'--fetch-retry-mintimeout=1000',
			'--fetch-timeout=20000',
		],
		{ cwd: inRoot(), env: plainEnvironment() },
	);
	const { code } = await ping.ended;
	// Some registries have no ping; that they answered at all is enough.
	if (code === 0 || /code E[45]\d\d/.test(ping.output())) return;
	const sentence = explainNpmFailure(ping.output());
	if (sentence) throw new ClearError(sentence);
}

/**
 * Runs npm out of sight, with a moving line, and throws a ClearError when it fails.
 * @param {string[]} args
 * @param {{cwd: string, title: string, logName: string, packages?: number, env?: object}} options
 *   packages is how many the lock file names, for "834 of 2092 packages".
 */
export async function npmQuietly(args, { cwd, title, logName, packages, env = {} }) {
	const { command, before } = npmCommand();
	let fetched = 0;
	const detail = () => {
		if (!packages) return '';
		if (fetched === 0) return 'reading the list of packages';
		return fetched < packages
			? `${fetched} of about ${packages} packages fetched`
			: 'all packages fetched, writing them to disk';
	};
	const shown = progress(title, detail);
	const logFile = join(logs, `${logName}.log`);
	const npm = launch(command, [...before, ...args, ...QUIET, '--loglevel=http'], {
		cwd,
		env: projectEnvironment(env),
		logFile,
		onText: (text) => {
			fetched += text.match(/\.tgz\b/g)?.length ?? 0;
		},
	});
	const { code } = await npm.ended;
	if (code === 0) {
		shown.done();
		return npm.stdout();
	}
	shown.failed();
	const sentence = explainNpmFailure(npm.output());
	const lines = npm
		.output()
		.split('\n')
		.filter((line) => !line.startsWith('npm http '))
		.join('\n');
	throw new ClearError(
		sentence
			? `${sentence}\n(npm’s own words are in ${logFile})`
			: `npm ${args[0]} failed. Its last words:\n${tail(lines)}\n(all of them are in ${logFile})`,
	);
}

/** Runs one of package.json's scripts and answers its exit code and its output, which `onText` gets as it comes. */
export async function npmScript(name, { logFile, onText, env } = {}) {
	const { command, before } = npmCommand();
	return await run(command, [...before, 'run', '--silent', name], {
		cwd: inRoot(),
		env: projectEnvironment(env),
		logFile,
		onText,
	});
}

/** Runs one of package.json's scripts out of sight and throws a ClearError when it fails. */
export async function npmScriptQuietly(name, { title }) {
	const shown = progress(title, () => '');
	const logFile = join(logs, `npm-run-${name}.log`);
	const { code, output } = await npmScript(name, { logFile });
	if (code === 0) return shown.done();
	shown.failed();
	throw new ClearError(
		`npm run ${name} failed. Its last words:\n${tail(output)}\n(all of them are in ${logFile})`,
	);
}

/** Makes the package's tarball in a folder, without building, and answers its file name. */
export async function npmPack(folder) {
	const { command, before } = npmCommand();
	const { code, output, stdout } = await run(
		command,
		[...before, 'pack', '--json', '--ignore-scripts', `--pack-destination=${folder}`],
		{ cwd: inRoot(), env: plainEnvironment() },
	);
	if (code !== 0) throw new ClearError(`npm pack failed. Its last words:\n${tail(output)}`);
	return JSON.parse(stdout)[0].filename;
}

/** Runs one of package.json's scripts in the person's sight and answers its exit code. */
export async function npmScriptVisibly(name, args = []) {
	const { command, before } = npmCommand();
	return await runVisibly(
		command,
		[...before, 'run', '--silent', name, ...(args.length > 0 ? ['--', ...args] : [])],
		{ cwd: inRoot(), env: projectEnvironment() },
	);
}
