// Each odd form of an honest answer that the sandbox can give, as it was seen in the world, is a fault of the matrix too.
import { falOddities } from '../../../sandbox/fal/oddities';
import { coreTodayOddities } from '../../../sandbox/coretoday/oddities';
import { evoLinkOddities } from '../../../sandbox/evolink/oddities';
import { oddityNames as chatOddities } from '../../../sandbox/chat/oddities';
import { openAIOddities } from '../../../sandbox/openai/oddities';
import { faults } from '../../faults/faults';

const known = new Set(faults.map(({ id }) => id));

/** Where the matrix has it under another name, mostly as it does the same to every provider. */
const ELSEWHERE: Record<string, string> = {
	'el-error-200': 'error-text',
	'ct-error-200': 'error-text',
	'el-short-pages': 'el-short-pages-no-total',
	'oa-bom': 'bom',
	'oa-no-images': 'images-none',
	'oa-empty-entry': 'images-bare',
	'oa-no-images-error': 'images-error',
	'oa-error-200': 'error-429',
	'fal-foreign-host': 'fal-foreign',
	'chat-bom': 'bom',
	'chat-odd-prompt': 'chat-data-odd',
	'chat-refused-in-place': 'chat-refused-entry',
};

test.each([
	['oa', Object.keys(openAIOddities)],
	['fal', Object.keys(falOddities)],
	['el', Object.keys(evoLinkOddities)],
	['ct', Object.keys(coreTodayOddities)],
	['chat', chatOddities],
])('%s', (prefix, names) => {
	const ids = names.map((name) => `${prefix}-${name}`);
	expect(ids.filter((id) => !known.has(ELSEWHERE[id] ?? id))).toEqual([]);
});
