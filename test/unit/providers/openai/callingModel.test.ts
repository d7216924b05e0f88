// Errors of a background task that mean the model which calls the image tool: the person finds it in another field.
import { createOpenAiTasks } from '../../../../providers/openai/tasks';
import { answerWith } from '../support';

const { readFailure } = createOpenAiTasks('https://api.openai.com/v1', 'gpt-5.3-Spark');

const toldBy = (status: number, message: string, code?: string) =>
	readFailure(answerWith({ status, body: { error: { message, code } } })).details;

describe('the Calling Model is named', () => {
	test.each([
		['by its name alone', 404, 'The model gpt-5.3-spark does not exist'],
		['before a full stop', 404, 'There is no model gpt-5.3-spark. It was not found.'],
		['before a colon', 404, 'model gpt-5.3-spark: not found'],
		['in other letters', 404, 'The model `GPT-5.3-SPARK` does not exist.'],
		['in quotes', 404, "The model 'gpt-5.3-spark' does not exist."],
		['as one that lacks the tool', 400, 'image_generation is not supported with gpt-5.3-spark.'],
		['as one whose tool is unsupported', 400, 'Unsupported tool for gpt-5.3-spark'],
		['as one that has no such tool', 400, "gpt-5.3-spark doesn't support image_generation."],
		['as one without tools', 400, 'gpt-5.3-spark does not support tools.'],
	])('%s', (_rule, status, message) => {
		expect(toldBy(status, message)).toMatchObject({
			kind: status === 404 ? 'modelGone' : 'badRequest',
			message: `The Calling Model "gpt-5.3-Spark" can't be used. OpenAI: ${message}`,
			advice:
				'Choose another Calling Model in the Options: a text model of your account that can use the image tool. The Model, which draws, may be right. Nothing was charged for this request.',
			status,
		});
	});
});

describe('the Calling Model is not named', () => {
	const MODEL =
		'Open the Model field and choose one from the list: it shows what your account can use today.';
	const CHANGE =
		'Change the named setting and run this again. Nothing was charged for this request.';
	const DOWN = 'The service has a problem right now. Try again in a few minutes.';

	test.each([
		['for a longer name', 404, 'The model gpt-5.3-spark-2 does not exist.', MODEL],
		['for a name behind a vendor', 404, 'The model x/gpt-5.3-spark does not exist.', MODEL],
		['for its free variant', 404, 'The model gpt-5.3-spark:free does not exist.', MODEL],
		['for the model that draws', 404, 'The model gpt-image-2 does not exist.', MODEL],
		['for another refusal that names it', 400, 'gpt-5.3-spark needs an input.', CHANGE],
		['for a tool that another lacks', 400, 'mask is not supported with gpt-image-2.', CHANGE],
		['by a server in trouble', 500, 'gpt-5.3-spark does not support this now.', DOWN],
	])('%s', (_rule, status, message, advice) => {
		expect(toldBy(status, message)).toMatchObject({ message: `OpenAI: ${message}`, advice });
	});
});
