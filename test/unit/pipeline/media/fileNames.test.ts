// What picture files are called: readable in any alphabet, safe on every disk, and no two alike.
import { firstWords, namesFor, typedName } from '../../../../pipeline/media/fileNames';
import type { ImageTask } from '../../../../providers/contract';

const taskWith = (parts: Partial<ImageTask>): ImageTask => ({
	id: 'task-1',
	status: 'succeeded',
	images: [],
	raw: {},
	...parts,
});

const FAMILY = '\u{1F468}\u200D\u{1F469}\u200D\u{1F467}';

describe('the first words of a prompt', () => {
	test.each<[string, string]>([
		['A red bicycle in front of a yellow wall, morning light', 'A-red-bicycle-in-front-of'],
		['  Poster:\n"Sale" — 50 % off!  ', 'Poster-Sale-50-off'],
		["Don't panic", 'Dont-panic'],
		['노란 벽 앞의 빨간 자전거', '노란-벽-앞의-빨간-자전거'],
		['노란 벽'.normalize('NFD'), '노란-벽'],
		['Красный велосипед у стены', 'Красный-велосипед-у-стены'],
		['دراجة حمراء أمام جدار', 'دراجة-حمراء-أمام-جدار'],
		['一辆红色的自行车', '一辆红色的自行车'],
		['क्षत्रिय किला', 'क्षत्रिय-किला'],
		['Ein Cafe\u0301', 'Ein-Café'],
		[`A family ${FAMILY} in Rome`, `A-family-${FAMILY}-in-Rome`],
		['🚲 🌅', '🚲-🌅'],
		['../../etc/passwd', 'etc-passwd'],
		['a\u202Egnp.exe\u202C b', 'agnp-exe-b'],
		['x\u0000y\u200Bz', 'x-yz'],
		['CON', 'CON'],
		['', ''],
		[' \n ', ''],
		['?!… «»', ''],
		['\uD83D', ''],
		['one two three four five six seven', 'one-two-three-four-five-six'],
		['the fox’s den', 'the-foxs-den'],
		["'quoted' '90s rock'n", 'quoted-90s-rockn'],
		['100% of 2024', '100-of-2024'],
		['👍🏽 🇰🇷', '👍🏽-🇰🇷'],
		['\u200Dzero\u200C', 'zero'],
		['a \u200D b', 'a-b'],
		[`${'장'.repeat(20)} ${'성'.repeat(10)} 셋`, '장'.repeat(20)],
		[`${'a'.repeat(89)} b`, 'a'.repeat(89)],
		[`${'a'.repeat(88)} b c`, `${'a'.repeat(88)}-b`],
		[`${'a'.repeat(95)} b`, 'a'.repeat(90)],
		[`${'? '.repeat(499)}ab`, 'ab'],
		[`${'? '.repeat(500)}ab`, ''],
	])('of %j are %j', (prompt, words) => {
		expect(firstWords(prompt)).toBe(words);
	});

	test.each<[string, string, number]>([
		['syllables', '가', 500],
		['megabytes', 'x', 10_000_000],
		['long words', `${'장'.repeat(28)} `, 2],
		['emoji of several parts', FAMILY, 50],
		['marks without end', 'e\u0301\u0301\u0301\u0301', 2000],
		['invisible tags', '\u{1F3F4}\u{E0067}', 5000],
	])('are never longer than 90 bytes, and whole letters: %s', (_what, part, times) => {
		const words = firstWords(part.repeat(times));
		expect(words).not.toBe('');
		expect(Buffer.byteLength(words)).toBeLessThanOrEqual(90);
		expect(words.isWellFormed()).toBe(true);
		if (part === FAMILY) expect(words.replaceAll(FAMILY, '')).toBe('');
	});
});

describe('a name that a person has typed', () => {
	test.each<[string, string | undefined, string | undefined]>([
		['Poster 7', 'Poster 7', undefined],
		['poster.png', 'poster', 'png'],
		['poster.JPEG', 'poster', 'JPEG'],
		['poster.tiff', 'poster', 'tiff'],
		['poster v1.2', 'poster v1.2', undefined],
		['.png', undefined, undefined],
		['a/b\\c:d*e?f"g<h>i|j', 'a-b-c-d-e-f-g-h-i-j', undefined],
		['../../etc/passwd', 'etc-passwd', undefined],
		['..', undefined, undefined],
		['././/..', undefined, undefined],
		['-rf', 'rf', undefined],
		['.hidden', 'hidden', undefined],
		['trailing. . .', 'trailing', undefined],
		['CON', '_CON', undefined],
		['nul.png', '_nul', 'png'],
		['Com1.poster', '_Com1.poster', undefined],
		['lpt¹', '_lpt¹', undefined],
		['aux .png', '_aux', 'png'],
		['CONTEST', 'CONTEST', undefined],
		['a\u202Egnp', 'agnp', undefined],
		['two\nlines\tand\u0007 more', 'two lines and more', undefined],
		['포스터.png', '포스터', 'png'],
		['포스터'.normalize('NFD'), '포스터', undefined],
		['  ', undefined, undefined],
		['\u200D', undefined, undefined],
		['🚲', '🚲', undefined],
		['a??b**c', 'a-b-c', undefined],
		['a  b', 'a b', undefined],
		['COM0', '_COM0', undefined],
		['COM10', 'COM10', undefined],
		['xCON', 'xCON', undefined],
		['CONIN$', '_CONIN$', undefined],
		['conout$ .x', '_conout$ .x', undefined],
		['prn.tar.gz', '_prn.tar.gz', undefined],
		['x'.repeat(90), 'x'.repeat(90), undefined],
		['x'.repeat(91), 'x'.repeat(90), undefined],
		[`${'x'.repeat(89)}자`, 'x'.repeat(89), undefined],
		[`${'x'.repeat(88)}- y`, 'x'.repeat(88), undefined],
	])('%j is %j', (text, stem, ending) => {
		expect(typedName(text)).toEqual(stem === undefined ? undefined : { stem, ending });
	});

	test.each([
		['x', ''],
		['자', '.png'],
		['a.', ''],
	])('%j ten thousand times is cut to 90 bytes', (part, ending) => {
		const { stem } = typedName(`${part.repeat(10_000)}${ending}`)!;
		expect(Buffer.byteLength(stem)).toBeLessThanOrEqual(90);
	});
});

describe('the files of an order', () => {
	const order = (tasks: ImageTask[], count: number, line?: string) => ({
		provider: 'evolink',
		tasks,
		count,
		line,
		chance: () => 0.5,
		hide: (text: string) => text.replaceAll('sk_SECRET.1', '•••'),
	});
	const stemsOf = (
		tasks: ImageTask[],
		count: number,
		settings: Parameters<typeof namesFor>[1],
		line?: string,
	) => {
		const name = namesFor(order(tasks, count, line), settings);
		return Array.from({ length: count }, (_, number) => {
			const { stem, ending } = name(tasks[number % tasks.length]!, number, number);
			return ending === undefined ? stem : `${stem}.${ending}`;
		});
	};
	const task = taskWith({ id: 'task-1' });

	test('are called by the prompt, with numbers that follow each other', () => {
		const [first, second, third] = stemsOf([task], 3, { prompt: 'A kite' });
		const number = Number(/^A-kite-(\d{5})$/.exec(first!)![1]);
		expect([second, third]).toEqual([`A-kite-${number + 1}`, `A-kite-${number + 2}`]);
		expect(stemsOf([task], 3, { prompt: 'A kite' })[0]).toBe(first);
		expect(stemsOf([taskWith({ id: 'task-2' })], 1, { prompt: 'A kite' })).not.toEqual([first]);
	});

	test.each<[string, ImageTask, Parameters<typeof namesFor>[1], string | undefined, RegExp]>([
		['the prompt', task, { prompt: 'A kite sk_SECRET.1' }, undefined, /^A-kite-\d{5}$/],
		[
			'what was asked',
			taskWith({ asked: { prompt: 'A sk_SECRET.1' } }),
			{},
			undefined,
			/^A-\d{5}$/,
		],
		['the ID', taskWith({ id: 'a.sk_SECRET.1.b' }), {}, undefined, /^evolink-a_b-1$/],
		['the line', task, {}, 'row sk_SECRET.1', /^row-\d{5}$/],
		['what is typed', task, { fileName: 'fox/sk_SECRET.1.png' }, undefined, /^fox-•••\.png$/],
	])('hold no key that stands in %s', (_where, made, settings, line, name) => {
		expect(stemsOf([made], 1, settings, line)[0]).toMatch(name);
	});

	test('have a number by chance where there is no task', () => {
		expect(stemsOf([taskWith({ id: '' })], 1, { prompt: 'A kite' })).toEqual(['A-kite-55000']);
	});

	test('have a number of five digits that their origin tells', () => {
		expect(stemsOf([taskWith({ id: 'task-1' })], 1, { prompt: 'A kite' })).toEqual([
			'A-kite-53234',
		]);
		expect(stemsOf([taskWith({ id: '' })], 1, { prompt: 'A kite' }, 'sku 4711')).toEqual([
			'A-kite-78298',
		]);
		const least = namesFor({ ...order([], 1), chance: () => 0 }, { prompt: 'A kite' });
		expect(least(taskWith({}), 0, 0)).toEqual({ stem: 'A-kite-10000' });
		const most = namesFor({ ...order([], 1), chance: () => 0.999999 }, { prompt: 'A kite' });
		expect(most(taskWith({}), 0, 0)).toEqual({ stem: 'A-kite-99999' });
	});

	test('are called by the person’s words before the provider’s, and by a line where these say nothing', () => {
		const told = taskWith({ id: '', asked: { prompt: 'A boat' } });
		expect(stemsOf([told], 1, { prompt: 'A kite' }, 'sku 4711')[0]).toMatch(/^A-kite-/);
		expect(stemsOf([told], 1, {}, 'sku 4711')[0]).toMatch(/^A-boat-/);
		expect(stemsOf([told], 1, { prompt: '?!' }, 'sku 4711')[0]).toMatch(/^sku-4711-/);
		expect(stemsOf([told], 1, { prompt: '?!' })[0]).toMatch(/^evolink-/);
	});

	test('are called by their task in at most 80 of its characters', () => {
		expect(stemsOf([taskWith({ id: 'x-y_z '.repeat(50) })], 1, {})).toEqual([
			`evolink-${'x-y_z_'.repeat(14).slice(0, 80)}-1`,
		]);
	});

	test('of a format that only the order tells bear it, and one without it none', () => {
		const tasks = [taskWith({ id: 'a', images: [{}, {}] }), taskWith({ id: 'b', images: [] })];
		const named = namesFor({ ...order(tasks, 3), formatName: 'Story' }, { fileName: 'fox.png' });
		expect(named(tasks[0]!, 0, 0)).toEqual({ stem: 'fox-story-1', ending: 'png' });
		expect(named(tasks[0]!, 1, 1)).toEqual({ stem: 'fox-story-2', ending: 'png' });
		expect(named(tasks[1]!, 0, 2)).toEqual({ stem: 'fox-story-3', ending: 'png' });
		const square = taskWith({ asked: { format: { name: 'Square', width: 9, height: 9 } } });
		const other = namesFor({ ...order([square], 1), formatName: 'Story' }, { fileName: 'fox' });
		expect(other(square, 0, 0)).toEqual({ stem: 'fox-square', ending: undefined });
		expect(other(taskWith({}), 0, 0)).toEqual({ stem: 'fox', ending: undefined });
	});

	test('are called by what the provider or the batch tells, else by the task', () => {
		const told = taskWith({ id: '../../a.b/c', asked: { prompt: 'A boat' } });
		expect(stemsOf([told], 1, {})[0]).toMatch(/^A-boat-\d{5}$/);
		expect(stemsOf([taskWith({ id: '' })], 1, {}, 'sku 4711')[0]).toMatch(/^sku-4711-\d{5}$/);
		expect(stemsOf([taskWith({ id: '../../a.b/c' })], 2, {})).toEqual([
			'evolink-_a_b_c-1',
			'evolink-_a_b_c-2',
		]);
		expect(stemsOf([taskWith({ id: '' })], 1, {})[0]).toMatch(/^evolink-[0-9a-f]{12}-1$/);
	});

	const formats = (names: string[]) =>
		names.map((name, index) =>
			taskWith({
				id: `task-${index}`,
				images: [{}],
				asked: { prompt: 'A kite', format: { name, width: 9, height: 9 } },
			}),
		);
	const stemsOfFormats = (names: string[], settings: Parameters<typeof namesFor>[1]) => {
		const tasks = formats(names);
		const name = namesFor(order(tasks, tasks.length), settings);
		return tasks.map((each, number) => name(each, 0, number).stem);
	};

	test('of one idea have its number, and the format behind it', () => {
		const [first, ...others] = stemsOfFormats(
			['Story and Reel', 'Square', 'Link Preview or Ad', '배너 1200', '../..'],
			{},
		);
		const [number] = /^A-kite-\d{5}(?=-story-and-reel$)/.exec(first!)!;
		expect(others.slice(0, 3)).toEqual([
			`${number}-square`,
			`${number}-link-preview-or-ad`,
			`${number}-배너-1200`,
		]);
		expect(others[3]).toMatch(/^A-kite-\d{5}$/);
	});

	test('of one idea bear the typed name, and are numbered within a format', () => {
		expect(stemsOfFormats(['Story', 'Square'], { fileName: 'poster' })).toEqual([
			'poster-story',
			'poster-square',
		]);
		expect(stemsOfFormats(['Story', 'Square', 'Square'], { fileName: 'poster' })).toEqual([
			'poster-story',
			'poster-square-1',
			'poster-square-2',
		]);
		const [first, second] = stemsOfFormats(['Square', 'Square'], {});
		const number = Number(/^A-kite-(\d{5})-square$/.exec(first!)![1]);
		expect(second).toBe(`A-kite-${number + 1}-square`);
	});

	test('of a format that is called by a secret bear nothing of it', () => {
		const settings = { fileName: 'poster' };
		expect(stemsOfFormats(['Story sk_SECRET.1', 'sk_SECRET.1'], settings)).toEqual([
			'poster-story',
			'poster-2',
		]);
		const named = namesFor({ ...order([task], 1), formatName: 'Ad sk_SECRET.1' }, settings);
		expect(named(task, 0, 0).stem).toBe('poster-ad');
	});

	test('of a format with a very long name stay short', () => {
		const [stem] = stemsOfFormats([`${'장'.repeat(40)} b`], { fileName: 'x'.repeat(300) });
		expect(Buffer.byteLength(stem!)).toBeLessThanOrEqual(90 + 1 + 30);
	});

	test('are called as typed, and numbered where there are several', () => {
		expect(stemsOf([task], 1, { fileName: 'Poster.png', prompt: 'A kite' })).toEqual([
			'Poster.png',
		]);
		expect(stemsOf([task], 2, { fileName: 'Poster.png' })).toEqual([
			'Poster-1.png',
			'Poster-2.png',
		]);
		expect(stemsOf([task], 1, { fileName: '../..', prompt: 'A kite' })[0]).toMatch(
			/^A-kite-\d{5}$/,
		);
	});
});
