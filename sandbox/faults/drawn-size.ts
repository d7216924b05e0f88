// The size that is drawn in place of the one that was asked for.
import { parsePixels, type PixelSize } from '../drawing/sizes';
import type { CheckedFaults } from './faults';

export function drawnSizeOf({
	drawnSize,
}: Pick<CheckedFaults, 'drawnSize'>): PixelSize | undefined {
	return drawnSize === undefined ? undefined : parsePixels(drawnSize);
}
