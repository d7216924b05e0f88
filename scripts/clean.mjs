// npm run clean: removes what the scripts and the build made (.local and dist), n8n's data included.
import { rmSync } from 'node:fs';

import { inRoot, local } from './lib/paths.mjs';
import { say } from './lib/say.mjs';

for (const folder of [local, inRoot('dist')]) rmSync(folder, { recursive: true, force: true });
say('Removed .local and dist. (node_modules is npm’s: delete it yourself if you want it gone.)');
