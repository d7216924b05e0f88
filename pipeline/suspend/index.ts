// Suspending an execution, as far as nodes need to know: its two runs, the callback between them, and its address.
export { executeSuspended, type ShowItems } from './executeSuspended';
export { readResumeUrl } from './resumeUrl';
export { resume, resumeWebhooks } from './resume';
export { waitsForNothing, type SuspendedItem } from './suspension';
