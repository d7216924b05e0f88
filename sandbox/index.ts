// Starts the sandbox: a local server that speaks the image providers' protocols, draws real images and misbehaves on request.
import type { AddressInfo } from 'node:net';
import { type ChatSandbox, chatSandbox } from './chat';
import { chatControl } from './chat/control';
import { chatScopes } from './chat/routes';
import { ChatService } from './chat/service';
import { type CoreTodaySandbox, coreTodaySandbox } from './coretoday';
import { coreTodayControl } from './coretoday/control';
import { coreTodayScopes } from './coretoday/routes';
import { CoreTodayService } from './coretoday/service';
import { type EvoLinkSandbox, evoLinkSandbox } from './evolink';
import { evoLinkControl } from './evolink/control';
import { evolinkScopes } from './evolink/routes';
import { EvoLinkService } from './evolink/service';
import { type FalSandbox, falSandbox } from './fal';
import { falControl } from './fal/control';
import { falScopes } from './fal/routes';
import { FalService } from './fal/service';
import { controlRoutes } from './http/control-routes';
import { type RecordedRequest, Recorder } from './http/recorder';
import { registerScopes } from './http/scopes';
import { createServer } from './http/server';
import { Lifetime } from './lifetime';
import { type OpenAISandbox, openAISandbox } from './openai';
import { openAIControl } from './openai/control';
import { openaiScopes } from './openai/routes';
import { OpenAIService } from './openai/service';
import { registerStreet, Street, type StreetSandbox, streetSandbox } from './street';
import { streetControl } from './street/control';

export type { DeliveryRecord } from './callbacks/callback-sender';
export type { ChatCallRecord } from './chat/calls';
export type { CoreTodayFaults } from './coretoday/faults';
export type { FalFaults } from './fal/faults';
export type { Faults } from './faults/faults';
export type { RecordedRequest } from './http/recorder';

export interface SandboxOptions {
	/** Default 0: any free port. */
	port?: number;
	/** Default 127.0.0.1. */
	host?: string;
	/** Seconds that a task takes, unless told otherwise; default 0.3. */
	pace?: number;
}

export interface Sandbox {
	/** For example http://127.0.0.1:8788 */
	url: string;
	evolink: EvoLinkSandbox;
	openai: OpenAISandbox;
	coreToday: CoreTodaySandbox;
	/** An OpenAI-compatible gateway that draws through chat completions. */
	chat: ChatSandbox;
	fal: FalSandbox;
	/** A social network, a CRM and a file store. */
	street: StreetSandbox;
	/** The latest requests, oldest first. */
	requests: RecordedRequest[];
	/** Ends timers, callbacks and connections at once. */
	close(): Promise<void>;
}

export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
	const { port = 0, host = '127.0.0.1', pace = 0.3 } = options;
	const lifetime = new Lifetime();
	const recorder = new Recorder();
	const server = await createServer(recorder);
	let origin = '';
	const evolinkService = new EvoLinkService({
		lifetime,
		paceSeconds: pace,
		origin: () => origin,
	});
	await registerScopes(server, evolinkService, evolinkScopes);
	const evolink = evoLinkSandbox(evolinkService);
	const openaiService = new OpenAIService({ lifetime, paceSeconds: pace, origin: () => origin });
	await registerScopes(server, openaiService, openaiScopes);
	const openai = openAISandbox(openaiService);
	const coreTodayService = new CoreTodayService({
		lifetime,
		paceSeconds: pace,
		origin: () => origin,
	});
	await registerScopes(server, coreTodayService, coreTodayScopes);
	const coreToday = coreTodaySandbox(coreTodayService);
	const chatService = new ChatService({ lifetime, origin: () => origin });
	await registerScopes(server, chatService, chatScopes);
	const chat = chatSandbox(chatService);
	const falService = new FalService({ lifetime, paceSeconds: pace, origin: () => origin });
	await registerScopes(server, falService, falScopes);
	const fal = falSandbox(falService);
	const street = new Street(lifetime, () => origin);
	await registerStreet(server, street);
	await controlRoutes(server, recorder, [
		evoLinkControl(evolinkService, evolink),
		openAIControl(openaiService, openai),
		coreTodayControl(coreTodayService, coreToday),
		chatControl(chatService, chat),
		falControl(falService, fal),
		...streetControl(street),
	]);
	await server.listen({ port, host });
	origin = addressOf(server.server.address() as AddressInfo);
	return {
		url: origin,
		evolink,
		openai,
		coreToday,
		chat,
		fal,
		street: streetSandbox(street),
		requests: recorder.requests,
		close: async () => {
			// First, so that no one gets an answer that only tells of the end.
			server.server.closeAllConnections();
			await lifetime.end();
			await server.close();
		},
	};
}

function addressOf({ address, family, port }: AddressInfo): string {
	// An address that means "all of this machine's" can't be called; loopback always can.
	const host = address === '0.0.0.0' || address === '::' ? '127.0.0.1' : address;
	return `http://${family === 'IPv6' && host.includes(':') ? `[${host}]` : host}:${port}`;
}
