// What the Made Up node sets up once per execution, and its operations share.
import { accountOpener, taskSessionOpener } from '../../../nodes/shared/execute/openAccount';
import { createMadeUp } from './provider';

export type MadeUpSession = Awaited<ReturnType<typeof openSession>>;

export const openAccount = accountOpener('madeUpApi', ({ baseUrl }) => createMadeUp(baseUrl));
export const openSession = taskSessionOpener(openAccount);
