// Makes a task's files when their links are fetched, and keeps the latest for a while.
import { DrawnImages } from '../drawing/drawn-images';
import { drawEdit } from '../drawing/edit';
import { filmOf } from '../drawing/film';
import { keptPicture } from '../drawing/kept-pictures';
import type { PixelSize } from '../drawing/sizes';
import { playTune } from '../drawing/tune';
import { BoundedBytes } from '../files/bounded-bytes';
import type { EditMaterial } from './references';
import type { Medium } from './task-request';
import type { Task } from './tasks';

const MATERIAL_LIMIT = 384 * 1024 * 1024;

const kinds: Record<Medium, { ending: string; type: string }> = {
	image: { ending: 'png', type: 'image/png' },
	video: { ending: 'mp4', type: 'video/mp4' },
	audio: { ending: 'wav', type: 'audio/wav' },
};

export function kindOfResult({ request }: Task): { ending: string; type: string } {
	return kinds[request.medium];
}

export class Results {
	private readonly made = new DrawnImages();

	private readonly materials = new BoundedBytes<EditMaterial>(MATERIAL_LIMIT);

	keepMaterial(taskId: string, material: EditMaterial): void {
		const size = material.reference.bytes.length + (material.mask?.length ?? 0);
		this.materials.set(taskId, material, size);
	}

	/** The file, or undefined when the reference image that it was made from is no longer kept. */
	async file(task: Task, index: number): Promise<Buffer | undefined> {
		return await this.made.image(nameOf(task, index), async () => {
			const { request, drawnPrompt, size } = task;
			if (request.medium === 'audio') return playTune(drawnPrompt, request.seconds);
			const material = this.materials.get(task.id);
			if (!size || (request.imageUrls.length > 0 && !material)) return undefined;
			const picture = await draw({ prompt: drawnPrompt, index, size }, material);
			return request.medium === 'video' ? await filmOf(picture, size, request.seconds) : picture;
		});
	}
}

/** Without a reference image, the same words make the same picture, whoever asks. */
function nameOf({ id, request, drawnPrompt, size }: Task, index: number): string {
	if (request.medium !== 'image' || request.imageUrls.length > 0) return `${id}/${index}`;
	return `${index} ${size?.width}x${size?.height} ${drawnPrompt}`;
}

interface Picture {
	prompt: string;
	index: number;
	size: PixelSize;
}

async function draw(picture: Picture, material?: EditMaterial): Promise<Buffer> {
	if (!material) return await keptPicture(picture);
	return await drawEdit({
		...picture,
		reference: material.reference.bytes,
		mask: material.mask,
	});
}
