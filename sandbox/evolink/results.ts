// Draws a task's images when their links are fetched, and keeps the latest for a while.
import { DrawnImages } from '../drawing/drawn-images';
import { drawEdit } from '../drawing/edit';
import { drawPicture } from '../drawing/picture';
import { BoundedBytes } from '../files/bounded-bytes';
import type { EditMaterial } from './references';
import type { Task } from './tasks';

const MATERIAL_LIMIT = 384 * 1024 * 1024;

export class Results {
	private readonly drawn = new DrawnImages();

	private readonly materials = new BoundedBytes<EditMaterial>(MATERIAL_LIMIT);

	keepMaterial(taskId: string, material: EditMaterial): void {
		const size = material.reference.bytes.length + (material.mask?.length ?? 0);
		this.materials.set(taskId, material, size);
	}

	/** The PNG, or undefined when the reference image that it was made from is no longer kept. */
	async image(task: Task, index: number): Promise<Buffer | undefined> {
		return await this.drawn.image(nameOf(task, index), async () => {
			const material = this.materials.get(task.id);
			if (task.request.imageUrls.length > 0 && !material) return undefined;
			return await draw(task, index, material);
		});
	}
}

/** Without a reference image, the same words make the same picture, whoever asks. */
function nameOf({ id, request, drawnPrompt, size }: Task, index: number): string {
	if (request.imageUrls.length > 0) return `${id}/${index}`;
	return `${index} ${size.width}x${size.height} ${drawnPrompt}`;
}

async function draw(task: Task, index: number, material?: EditMaterial): Promise<Buffer> {
	const { size, drawnPrompt: prompt } = task;
	if (!material) return await drawPicture({ prompt, index, size });
	return await drawEdit({
		prompt,
		index,
		size,
		reference: material.reference.bytes,
		mask: material.mask,
	});
}
