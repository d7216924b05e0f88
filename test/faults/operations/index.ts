// All operations, in the order of the table's columns.
import { coretodayOperations } from './coretoday';
import { evolinkOperations } from './evolink';
import { falOperations } from './fal';
import { imagechatOperations } from './imagechat';
import { openaiOperations } from './openai';
import type { Operation } from './operation';

export type { Operation } from './operation';

export const operations: Operation[] = [
	...openaiOperations,
	...falOperations,
	...evolinkOperations,
	...coretodayOperations,
	...imagechatOperations,
];
