// Nothing is paid twice: what a node must say and ask of its own for that. Creates of images see to it by themselves.
export { isToolRun } from '../context';
export { endRun, finishedBefore, recallFinished } from './finishedItems';
export { withoutToldBy, leftWorkOf, type LeftWork } from './leftWork';
export { mayHaveStarted } from '../http/retryPolicy';
export { askOnce } from './paidOnce';
export { createBill, unsentParts, type SpendingLimits } from './spendingLimits';
export { reserveToolOrder } from './toolOrders';
export { beginTry } from './tries';
