// Callbacks, as far as nodes need to know: the address that is given away, and what comes of a delivery to it.
export { checkCallbackUrl, checkTriggerUrl, testUrlHint, withToken } from './callbackUrl';
export { judgeCallback, refusalOfSize } from './delivery';
export {
	answerOnly,
	deliveredTask,
	startWorkflow,
	toDelivered,
	type DeliveryAnswer,
} from './startWorkflow';
