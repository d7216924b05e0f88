// A program: load-files.mjs FILE … Loads files of nodes as n8n does when it starts, and prints how many milliseconds
// that took. What n8n itself has loaded by then is loaded before, so that only the nodes' own files count.
import { createRequire } from 'node:module';

const LOADED_BY_N8N = ['n8n-workflow', 'zod', 'lodash', 'luxon'];

const files = process.argv.slice(2);
const require = createRequire(files[0]);
for (const name of LOADED_BY_N8N) require(name);
const begunAt = performance.now();
for (const file of files) require(file);
console.log(performance.now() - begunAt);
process.exit(0);
