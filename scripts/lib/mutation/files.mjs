// What npm run test:mutation keeps, all of it in .local/mutation.
import { inLocal } from '../paths.mjs';

const inMutation = (...parts) => inLocal('mutation', ...parts);

/** The page to look at. */
export const reportFile = inMutation('index.html');
/** What came out for each mutant, so that a second run tries only what has changed. */
export const incrementalFile = inMutation('incremental.json');
/** The mutants that were drawn. */
export const drawnFile = inMutation('drawn.json');
/** Where Stryker works on a copy of the project. */
export const copies = '.local/mutation/copies';
