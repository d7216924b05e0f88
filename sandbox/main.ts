// The sandbox as a program: `--port N` (default 8788), until Ctrl-C.
import { parseArgs } from 'node:util';
import { startSandbox } from '.';
import { WELL_KNOWN_KEY as WELL_KNOWN_CHAT_KEY } from './chat/accounts';
import { WELL_KNOWN_KEY as WELL_KNOWN_CORE_TODAY_KEY } from './coretoday/accounts';
import { WELL_KNOWN_KEY } from './evolink/accounts';
import { WELL_KNOWN_KEY as WELL_KNOWN_FAL_KEY } from './fal/accounts';
import { directiveHelp } from './faults/directives';
import { WELL_KNOWN_KEY as WELL_KNOWN_OPENAI_KEY } from './openai/accounts/accounts';

const DEFAULT_PORT = 8788;
const PACE_SECONDS = 3;

async function main(): Promise<void> {
	const { values } = parseArgs({ options: { port: { type: 'string' } } });
	const port = Number(values.port ?? DEFAULT_PORT);
	if (!Number.isInteger(port) || port < 0 || port > 65_535) {
		throw new Error(`--port must be a number from 0 to 65535, not "${values.port}".`);
	}
	const sandbox = await startSandbox({ port, pace: PACE_SECONDS });
	const width = Math.max(...directiveHelp.map(([words]) => words.length));
	console.log(
		[
			`The image provider sandbox is running at ${sandbox.url}`,
			'It draws its images itself. Nothing leaves this machine and nothing costs anything.',
			'',
			'EvoLink',
			`  Base URL        ${sandbox.evolink.baseUrl}`,
			`  Files base URL  ${sandbox.evolink.filesBaseUrl}`,
			`  API key         ${WELL_KNOWN_KEY}`,
			'',
			'OpenAI',
			`  Base URL        ${sandbox.openai.baseUrl}`,
			`  API key         ${WELL_KNOWN_OPENAI_KEY}`,
			'',
			'Core.Today',
			`  Base URL        ${sandbox.coreToday.baseUrl}`,
			`  API key         ${WELL_KNOWN_CORE_TODAY_KEY}`,
			'',
			'OpenAI-compatible gateway that draws',
			`  Base URL        ${sandbox.chat.baseUrl}`,
			`  API key         ${WELL_KNOWN_CHAT_KEY}`,
			'',
			'fal',
			`  Base URL        ${sandbox.fal.baseUrl}`,
			`  Files base URL  ${sandbox.fal.filesBaseUrl}`,
			`  API base URL    ${sandbox.fal.apiBaseUrl}`,
			`  API key         ${WELL_KNOWN_FAL_KEY}`,
			'',
			'Beside them, a social network, a CRM and a file store to try workflows with.',
			`Keys, prices, tasks, and what has arrived: ${sandbox.url}`,
			'',
			'To make it misbehave, write into a prompt, for example:',
			'  A lighthouse at dusk [sandbox: seconds=5, create=429 retry-after=1 times=1]',
			...directiveHelp.map(([words, meaning]) => `  ${words.padEnd(width)}  ${meaning}`),
			'',
			'Ctrl-C ends it.',
		].join('\n'),
	);
	for (const signal of ['SIGINT', 'SIGTERM'] as const) {
		process.once(signal, () => void sandbox.close());
	}
}

main().catch((error: NodeJS.ErrnoException) => {
	const message =
		error.code === 'EADDRINUSE'
			? 'That port is taken. Choose another one with --port N.'
			: error.message;
	console.error(message);
	process.exitCode = 1;
});
