// Entry: runs a node inside n8n's real engine. The environment has to come first.
import './environment';

export { startEngine } from './engine';
export type * from './types';
export { HELD_BACK } from './held-back';
export { otherServers } from './other-servers';
export { refusedForGood, untilTaken } from './repeats';
export { until } from './until';
export { keptCreates } from './node-memory';
