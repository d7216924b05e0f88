// Core.Today's parts put together: what the routes, the test interface and the control surface all work on.
import { CallbackSender } from '../callbacks/callback-sender';
import { FaultBudget } from '../faults/fault-budget';
import type { Lifetime } from '../lifetime';
import { TaskStore } from '../task-store';
import { Accounts } from './accounts';
import { Endpoints } from './endpoint';
import { KeptFiles } from './kept-files';
import { PredictionLife } from './life';
import type { PredictionView } from './prediction-json';
import type { Prediction } from './predictions';
import { Results } from './results';

const PREDICTION_LIMIT = 10_000;

export interface ServiceOptions {
	lifetime: Lifetime;
	paceSeconds: number;
	/** The server's own address, known once it listens. */
	origin: () => string;
}

export class CoreTodayService {
	readonly accounts = new Accounts();

	readonly predictions = new TaskStore<Prediction>(
		PREDICTION_LIMIT,
		({ ending }) => ending !== undefined,
	);

	readonly budget = new FaultBudget();

	readonly results = new Results();

	readonly files: KeptFiles;

	readonly lifetime: Lifetime;

	readonly callbacks: CallbackSender;

	readonly endpoints: Endpoints;

	readonly life: PredictionLife;

	constructor(private readonly options: ServiceOptions) {
		this.lifetime = options.lifetime;
		this.files = new KeptFiles(() => `${options.origin()}/coretoday-files`);
		this.callbacks = new CallbackSender(this.lifetime);
		this.endpoints = new Endpoints(this.accounts, this.budget, this.lifetime);
		this.life = new PredictionLife({
			paceSeconds: options.paceSeconds,
			lifetime: this.lifetime,
			callbacks: this.callbacks,
			predictions: this.predictions,
			results: this.results,
			files: this.files,
			viewOf: (prediction) => this.viewOf(prediction),
		});
	}

	get baseUrl(): string {
		return `${this.options.origin()}/coretoday/v1`;
	}

	get storageUrl(): string {
		return `${this.options.origin()}/coretoday-storage`;
	}

	/** As the prediction's key is answered now. */
	viewOf({ key, faults }: Prediction): PredictionView {
		const account = this.accounts.get(key);
		return {
			dialect: account.dialect,
			faults: { ...account.faults, ...faults },
			resultUrl: (prediction, index) => this.imageUrl('results', prediction, index),
			publicUrl: (prediction, index) => this.imageUrl('public', prediction, index),
		};
	}

	private imageUrl(part: 'results' | 'public', prediction: Prediction, index: number): string {
		const { id, linkSecret, request } = prediction;
		const folders = (request.outputFolder ?? '').split('/').filter((name) => name !== '');
		const file = `${id}-${index}-${linkSecret}.${request.image.format}`;
		const path = [...folders, file].map(encodeURIComponent).join('/');
		return `${this.options.origin()}/coretoday-cdn/${part}/${path}`;
	}
}
