// Pictures and files in and out, as far as nodes need to know: what an item brings, and what goes out as items.
export { shareOf } from './costShares';
export type { FileToSend } from '../http/fileToSend';
export { fileFromBinary, type LocalImage } from './files';
export { distinctNames } from './distinctNames';
export { groupedTasks } from './groupedItem';
export { imageItems, taskItem, type OutputOptions } from './imageItems';
export {
	imageFromBinary,
	imageFromUrl,
	nameUnfetched,
	overlayFromBinary,
	prepareImages,
	uploadFile,
	type LocalRequest,
} from './inputImages';
export { inlineFileOf } from './inlineFile';
export { fieldOfFile, inputOf, picturesOn } from './itemInput';
export { omitLost } from './lostImages';
export { sharedDownload } from './sharedDownloads';
