// One execution as n8n's database keeps it: text, and a status that one caller only can claim.
import { parse, stringify } from 'flatted';
import {
	migrateRunExecutionData,
	type ExecutionStatus,
	type IRun,
	type IRunExecutionData,
} from 'n8n-workflow';

/** As it stands in the database. */
export interface SavedRow {
	status: ExecutionStatus;
	finished: boolean;
	data: string;
}

export interface ReadExecution {
	status: ExecutionStatus;
	finished: boolean;
	data: IRunExecutionData;
}

/** n8n makes the row before the first node runs. */
export function rowAtStart(data: IRunExecutionData): SavedRow {
	return { status: 'running', finished: false, data: stringify(data) };
}

export class SavedExecution {
	/** `whenChanged` is told each time that something else is to be kept. */
	constructor(
		private row: SavedRow,
		private readonly whenChanged: (row: SavedRow) => void = () => {},
	) {}

	/** Made anew from the text each time: what a reader changes is its own. */
	read(): ReadExecution {
		const { status, finished, data } = this.row;
		type Saved = Parameters<typeof migrateRunExecutionData>[0];
		return { status, finished, data: migrateRunExecutionData(parse(data) as Saved) };
	}

	save({ status, finished = false, data }: IRun): void {
		this.change({ status, finished, data: stringify(data) });
	}

	/** False where the execution isn't waiting (any more): another caller was faster. */
	claim(data: IRunExecutionData): boolean {
		if (this.row.status !== 'waiting') return false;
		this.change(rowAtStart(data));
		return true;
	}

	private change(row: SavedRow): void {
		this.row = row;
		this.whenChanged(row);
	}
}

/** How n8n calls the way in which a run has ended. An error that a callback left behind counts. */
export function finalStatus({ status, waitTill, data }: IRun): ExecutionStatus {
	if (waitTill) return 'waiting';
	if (status === 'canceled' || status === 'crashed') return status;
	return status === 'error' || data.resultData.error ? 'error' : 'success';
}
