// A program: load-file.mjs FILE. Loads a file of a node as n8n does, and prints how many milliseconds that took. What
// n8n itself has loaded by then is loaded before, so that only the node's own files count.
import { createRequire } from 'node:module';

const LOADED_BY_N8N = ['n8n-workflow', 'zod', 'lodash', 'luxon'];

const [file] = process.argv.slice(2);
const require = createRequire(file);
for (const name of LOADED_BY_N8N) require(name);
const begunAt = performance.now();
require(file);
console.log(performance.now() - begunAt);
process.exit(0);
