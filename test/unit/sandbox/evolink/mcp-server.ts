// EvoLink's own MCP server as a person runs it: a process that speaks JSON-RPC over its standard input and output.
import { type ChildProcess, spawn } from 'node:child_process';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { pathToFileURL } from 'node:url';
import type { Sandbox } from '../../../../sandbox';

const PROTOCOL_VERSION = '2025-06-18';
const SERVER = 'node_modules/@evolinkai/evolink-media/dist/evolink-media/src/index.js';
const PRELOAD = pathToFileURL(join(__dirname, 'redirect-hosts.mjs')).href;

interface Answer {
	id?: number;
	result?: unknown;
	error?: { message: string };
}

interface ToolAnswer {
	content: Array<{ text: string }>;
	isError?: boolean;
}

/** What a tool says. */
export interface Told {
	text: string;
	failed: boolean;
}

export class McpServer {
	private readonly process: ChildProcess;

	private readonly waiting = new Map<number, (answer: Answer) => void>();

	private lastId = 0;

	constructor({ evolink }: Sandbox, key: string) {
		this.process = spawn(process.execPath, ['--import', PRELOAD, SERVER], {
			env: {
				EVOLINK_API_KEY: key,
				SANDBOX_BASE_URL: evolink.baseUrl,
				SANDBOX_FILES_BASE_URL: evolink.filesBaseUrl,
			},
			stdio: ['pipe', 'pipe', 'ignore'],
		});
		createInterface({ input: this.process.stdout! }).on('line', (line) => {
			const answer = JSON.parse(line) as Answer;
			this.waiting.get(Number(answer.id))?.(answer);
		});
	}

	async start(): Promise<this> {
		await this.ask('initialize', {
			protocolVersion: PROTOCOL_VERSION,
			capabilities: {},
			clientInfo: { name: 'sandbox-tests', version: '1.0.0' },
		});
		this.write({ method: 'notifications/initialized' });
		return this;
	}

	async toolNames(): Promise<string[]> {
		const { tools } = (await this.ask('tools/list', {})) as { tools: Array<{ name: string }> };
		return tools.map(({ name }) => name);
	}

	async call(name: string, parameters: Record<string, unknown> = {}): Promise<Told> {
		const answer = await this.ask('tools/call', { name, arguments: parameters });
		const { content, isError = false } = answer as ToolAnswer;
		return { text: content.map(({ text }) => text).join('\n'), failed: isError };
	}

	stop(): void {
		this.process.kill();
	}

	private async ask(method: string, params: object): Promise<unknown> {
		const id = ++this.lastId;
		const answered = new Promise<Answer>((resolve) => this.waiting.set(id, resolve));
		this.write({ id, method, params });
		const { result, error } = await answered;
		if (error) throw new Error(error.message);
		return result;
	}

	private write(message: object): void {
		this.process.stdin!.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);
	}
}
