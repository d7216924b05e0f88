export const waitingRows = async () => [];
