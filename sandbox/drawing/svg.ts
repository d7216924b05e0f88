// Makes a real SVG out of a drawn picture.
import sharp from 'sharp';
import { ORIGIN } from './caption';

/** As fine as the drawing is: this many fields across. */
const FIELDS = 12;

/** The picture as coloured fields, in its own width and height. */
export async function drawSvg(png: Buffer, title: string, isOpaque: boolean): Promise<Buffer> {
	const { width, height } = await sharp(png).metadata();
	const rows = Math.max(1, Math.round((FIELDS * height) / width));
	const { data } = await sharp(png)
		.resize(FIELDS, rows, { fit: 'fill' })
		.ensureAlpha()
		.raw()
		.toBuffer({ resolveWithObject: true });
	const fields: string[] = [];
	for (let y = 0; y < rows; y++) {
		for (let x = 0; x < FIELDS; x++) {
			const [red = 0, green = 0, blue = 0, alpha = 0] = data.subarray((y * FIELDS + x) * 4);
			if (alpha === 0) continue;
			fields.push(
				`<rect x="${x}" y="${y}" width="1" height="1" fill="rgb(${red},${green},${blue})"/>`,
			);
		}
	}
	const ground = isOpaque ? `<rect width="${FIELDS}" height="${rows}" fill="#fff"/>` : '';
	const origin = `<text x="0.4" y="${rows - 0.4}" font-family="sans-serif" font-size="0.7" fill="#fff" stroke="#222" stroke-width="0.12" paint-order="stroke">${ORIGIN}</text>`;
	return Buffer.from(
		`<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${FIELDS} ${rows}" preserveAspectRatio="none"><title>${escaped(title)}</title>${ground}${fields.join('')}${origin}</svg>\n`,
	);
}

function escaped(text: string): string {
	return text.replace(/[&<>]/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
