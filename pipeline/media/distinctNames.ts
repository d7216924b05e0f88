// No two pictures of a run bear the same name, so that none overwrites another where they are saved.
import type { IDataObject, INodeExecutionData } from 'n8n-workflow';

import { numbered } from './fileNames';
import { splitEnding } from './store/fileEndings';

/** By what an item's picture was called, without its ending: what it is called now. */
type NewStems = ReadonlyMap<string, string>;

const PARTIAL = /-partial-\d+$/;

/** The first that bears a name keeps it, in the items' order. */
export function distinctNames(items: INodeExecutionData[]): INodeExecutionData[] {
	const taken = new Set<string>();
	const lastNumbers = new Map<string, number>();

	function freeStem(name: string): string {
		const { stem, ending } = splitEnding(name);
		const isTaken = (each: string) => taken.has(alike(withEnding(each, ending)));
		let free = stem;
		for (
			let number = lastNumbers.get(alike(name)) ?? 1;
			isTaken(free);
			lastNumbers.set(alike(name), number)
		) {
			number += 1;
			free = numbered({ stem }, number).stem;
		}
		taken.add(alike(withEnding(free, ending)));
		return free;
	}

	return items.map((item) => {
		const stems = new Map<string, string>();
		for (const name of namesIn(item.json)) {
			const { stem } = splitEnding(name);
			const free = freeStem(name);
			if (free !== stem) stems.set(stem, free);
		}
		return stems.size === 0 ? item : withNames(item, stems);
	});
}

/** Of one picture, or of those in the list of a grouped item. */
function namesIn({ fileName, images }: IDataObject): string[] {
	const grouped = Array.isArray(images) ? (images as IDataObject[]) : [];
	return [fileName, ...grouped.map((image) => image.fileName)].filter(
		(name) => typeof name === 'string',
	);
}

/** Windows and macOS take capitals and small letters for the same. */
function alike(name: string): string {
	return name.toLowerCase();
}

function withNames(item: INodeExecutionData, stems: NewStems): INodeExecutionData {
	const files = Object.entries(item.binary ?? {}).map(([field, file]) => [
		field,
		{ ...file, fileName: newName(file.fileName, stems) },
	]);
	return {
		...item,
		json: withName(item.json, stems),
		...(item.binary && { binary: Object.fromEntries(files) }),
	};
}

function withName(json: IDataObject, stems: NewStems): IDataObject {
	const { fileName, images } = json;
	return {
		...json,
		...(typeof fileName === 'string' && { fileName: newName(fileName, stems) }),
		...(Array.isArray(images) && {
			images: (images as IDataObject[]).map((image) => withName(image, stems)),
		}),
	};
}

/** Its drafts are called after a picture. */
function newName(name: string | undefined, stems: NewStems): string | undefined {
	if (name === undefined) return undefined;
	const { stem, ending } = splitEnding(name);
	const own = stems.get(stem);
	if (own !== undefined) return withEnding(own, ending);
	const draft = PARTIAL.exec(stem)?.[0] ?? '';
	const picture = stems.get(stem.slice(0, stem.length - draft.length));
	return picture === undefined ? name : withEnding(`${picture}${draft}`, ending);
}

function withEnding(stem: string, ending: string | undefined): string {
	return ending === undefined ? stem : `${stem}.${ending}`;
}
