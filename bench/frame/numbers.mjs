// Numbers as a person reads them: three digits are enough.

/** 1,234 · 123 · 12.3 · 1.23 */
export function rounded(value) {
	const size = Math.abs(value);
	const digits = size >= 100 || Number.isInteger(value) ? 0 : size >= 10 ? 1 : 2;
	return value.toLocaleString('en', {
		minimumFractionDigits: digits,
		maximumFractionDigits: digits,
	});
}

export const withUnit = (value, unit) => [rounded(value), unit].filter(Boolean).join(' ');
