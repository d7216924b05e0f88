/** A table as text, for programs in TypeScript. The titles come first. */
export function textTable(rows: string[][]): string;
