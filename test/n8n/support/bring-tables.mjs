// Makes Data Tables as npm start does: from the JSON in the third argument, into the n8n at the address in the second.
import { bringTables } from '../../../scripts/lib/bring-examples.mjs';
import { signIn } from '../../../scripts/lib/n8n-rest.mjs';

const [userFolder, url, tables] = process.argv.slice(2);

await bringTables({ n8n: await signIn(url), userFolder, tables: JSON.parse(tables) });
