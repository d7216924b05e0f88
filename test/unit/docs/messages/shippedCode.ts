// The shipped code as TypeScript sees it, so that a text can be followed to where it is written.
import { globSync } from 'node:fs';
import path from 'node:path';

import * as ts from 'typescript';

import { ROOT } from '../pages';

const FLOORS = ['credentials', 'nodes', 'pipeline', 'providers'];

export interface ShippedCode {
	checker: ts.TypeChecker;
	files: ts.SourceFile[];
}

/** Packages aren't looked into: their types make no message of ours, and take long to read. */
export function shippedCode(): ShippedCode {
	const names = FLOORS.flatMap((floor) => globSync(`${floor}/**/*.ts`, { cwd: ROOT })).map((name) =>
		path.join(ROOT, name),
	);
	const options: ts.CompilerOptions = {
		target: ts.ScriptTarget.ES2022,
		module: ts.ModuleKind.CommonJS,
		strict: true,
		types: [],
	};
	const host = ts.createCompilerHost(options);
	host.resolveModuleNameLiterals = (literals, file) =>
		literals.map(({ text }) => ({ resolvedModule: ownModule(text, file) }));
	const program = ts.createProgram(names, options, host);
	const files = program.getSourceFiles().filter(({ fileName }) => names.includes(fileName));
	return { checker: program.getTypeChecker(), files };
}

function ownModule(text: string, importer: string): ts.ResolvedModuleFull | undefined {
	if (!text.startsWith('.')) return undefined;
	const stem = path.resolve(path.dirname(importer), text);
	const found = [`${stem}.ts`, path.join(stem, 'index.ts')].find((name) => ts.sys.fileExists(name));
	return found === undefined
		? undefined
		: { resolvedFileName: found, extension: ts.Extension.Ts, isExternalLibraryImport: false };
}
