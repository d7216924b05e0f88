// What the fal node sets up once per execution, and its operations share.
import { createFal } from '../../providers/fal';
import { learningOpener } from '../shared/described/learnModels';
import { taskSessionOpener } from '../shared/execute/openAccount';

export type FalSession = Awaited<ReturnType<typeof openSession>>;

export const openAccount = learningOpener('falApi', createFal);

export const openSession = taskSessionOpener(openAccount);
