// All routes of the chat gateway, and where they are.
import type { Scope } from '../../http/scopes';
import type { ChatService } from '../service';
import { chatRoutes } from './chat-routes';
import { linkRoutes } from './link-routes';

export const chatScopes: Array<Scope<ChatService>> = [
	{ prefix: '/chat', withKey: [chatRoutes] },
	{ prefix: '/chat-files', open: [linkRoutes] },
];
