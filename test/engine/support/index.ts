// Entry: runs a node inside n8n's real engine. The environment has to come first.
import './environment';

export { startEngine } from './engine';
export type * from './types';
export { until } from './until';
export { keptCreates } from './node-memory';
