// Product photos for the deals: drawn things on a plain studio background, as a supplier would send them, and their masks.
import { createCanvas, type SKRSContext2D } from '@napi-rs/canvas';
import sharp from 'sharp';

export type Product = 'mug' | 'lamp' | 'bag' | 'bottle';

const SIDE = 1024;

/** What is less opaque than this is shadow. */
const SOLID = 128;

type Points = ReadonlyArray<readonly [number, number]>;

/** Light comes from the left: a body is brightest a third of the way. */
function body(context: SKRSContext2D, [left, right]: [number, number], colours: string[]): void {
	const gradient = context.createLinearGradient(left, 0, right, 0);
	const stops = [0, 0.32, 1];
	for (const [index, colour] of colours.entries()) gradient.addColorStop(stops[index] ?? 1, colour);
	context.fillStyle = gradient;
}

function ellipse(
	context: SKRSContext2D,
	[x, y]: [number, number],
	[across, down]: [number, number],
): void {
	context.beginPath();
	context.ellipse(x, y, across, down, 0, 0, Math.PI * 2);
	context.fill();
}

function shadow(context: SKRSContext2D, x: number, y: number, width: number): void {
	context.save();
	context.filter = 'blur(18px)';
	context.fillStyle = 'rgba(40, 44, 60, 0.34)';
	ellipse(context, [x + 30, y], [width, 34]);
	context.restore();
}

function polygon(context: SKRSContext2D, points: Points): void {
	context.beginPath();
	for (const [x, y] of points) context.lineTo(x, y);
	context.closePath();
	context.fill();
}

function mug(context: SKRSContext2D): void {
	shadow(context, 480, 800, 270);
	context.strokeStyle = '#9c3d2e';
	context.lineWidth = 46;
	context.beginPath();
	context.ellipse(670, 560, 124, 130, 0, -Math.PI / 2, Math.PI / 2);
	context.stroke();
	body(context, [260, 700], ['#b94c39', '#e58a6d', '#8a3123']);
	context.beginPath();
	context.moveTo(260, 350);
	context.lineTo(700, 350);
	context.lineTo(676, 760);
	context.quadraticCurveTo(670, 810, 610, 812);
	context.lineTo(350, 812);
	context.quadraticCurveTo(290, 810, 284, 760);
	context.closePath();
	context.fill();
	context.fillStyle = '#7c2c20';
	ellipse(context, [480, 350], [220, 50]);
	context.fillStyle = '#3d1d14';
	ellipse(context, [480, 362], [196, 38]);
}

function lamp(context: SKRSContext2D): void {
	shadow(context, 470, 842, 230);
	body(context, [300, 640], ['#333b4a', '#7a869c', '#20262f']);
	ellipse(context, [470, 830], [170, 34]);
	context.strokeStyle = '#4a5568';
	context.lineWidth = 26;
	context.lineCap = 'round';
	context.beginPath();
	context.moveTo(470, 820);
	context.lineTo(390, 540);
	context.lineTo(590, 330);
	context.stroke();
	context.fillStyle = '#20262f';
	ellipse(context, [390, 540], [26, 26]);
	context.fillStyle = '#ffe9a8';
	ellipse(context, [690, 452], [110, 44]);
	body(context, [560, 800], ['#2b6f77', '#6cc0c4', '#17474d']);
	polygon(context, [
		[560, 300],
		[650, 250],
		[812, 424],
		[578, 480],
	]);
}

function bag(context: SKRSContext2D): void {
	shadow(context, 512, 866, 290);
	context.strokeStyle = '#5a4632';
	context.lineWidth = 30;
	context.beginPath();
	context.ellipse(512, 300, 90, 110, 0, Math.PI, 0);
	context.stroke();
	body(context, [250, 774], ['#3f6b4d', '#7fae86', '#274833']);
	context.beginPath();
	context.roundRect(270, 270, 484, 596, [200, 200, 70, 70]);
	context.fill();
	body(context, [320, 704], ['#356044', '#6b9b74', '#1f3b2a']);
	context.beginPath();
	context.roundRect(330, 560, 364, 250, 46);
	context.fill();
	context.strokeStyle = '#d8c9a5';
	context.lineWidth = 12;
	context.beginPath();
	context.moveTo(350, 612);
	context.lineTo(674, 612);
	context.moveTo(330, 460);
	context.lineTo(694, 460);
	context.stroke();
	context.fillStyle = '#b98b4e';
	context.beginPath();
	context.roundRect(478, 430, 68, 62, 12);
	context.fill();
}

function bottle(context: SKRSContext2D): void {
	shadow(context, 500, 880, 170);
	body(context, [452, 572], ['#2d3440', '#8792a6', '#1d222b']);
	context.beginPath();
	context.roundRect(446, 170, 132, 110, 22);
	context.fill();
	body(context, [372, 652], ['#2f5f9e', '#8ab6ea', '#1c3d6b']);
	context.beginPath();
	context.moveTo(456, 280);
	context.lineTo(568, 280);
	context.bezierCurveTo(580, 360, 652, 380, 652, 470);
	context.lineTo(652, 840);
	context.quadraticCurveTo(652, 884, 606, 884);
	context.lineTo(418, 884);
	context.quadraticCurveTo(372, 884, 372, 840);
	context.lineTo(372, 470);
	context.bezierCurveTo(372, 380, 444, 360, 456, 280);
	context.closePath();
	context.fill();
	context.fillStyle = 'rgba(255, 255, 255, 0.88)';
	context.beginPath();
	context.roundRect(372, 560, 280, 150, 0);
	context.fill();
	context.fillStyle = '#1c3d6b';
	context.fillRect(410, 606, 204, 16);
	context.fillRect(410, 644, 130, 16);
}

const drawings: Record<Product, (context: SKRSContext2D) => void> = { mug, lamp, bag, bottle };

/** A PNG that is transparent wherever the product isn't: there, and only there, may the photo be changed. */
export async function drawMask(product: Product): Promise<Buffer> {
	const context = createCanvas(SIDE, SIDE).getContext('2d');
	drawings[product](context);
	const { data } = context.getImageData(0, 0, SIDE, SIDE);
	const pixels = Buffer.alloc(data.length);
	for (let alpha = 3; alpha < data.length; alpha += 4) {
		if (data[alpha]! >= SOLID) pixels[alpha] = 255;
	}
	return await sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 4 } })
		.png()
		.toBuffer();
}

/** A JPEG. */
export async function drawProduct(product: Product): Promise<Buffer> {
	const canvas = createCanvas(SIDE, SIDE);
	const context = canvas.getContext('2d');
	const wall = context.createLinearGradient(0, 0, 0, SIDE);
	wall.addColorStop(0, '#f3f4f7');
	wall.addColorStop(0.72, '#e3e6ec');
	wall.addColorStop(0.73, '#d6dae2');
	wall.addColorStop(1, '#eceef2');
	context.fillStyle = wall;
	context.fillRect(0, 0, SIDE, SIDE);
	drawings[product](context);
	const { data } = context.getImageData(0, 0, SIDE, SIDE);
	const pixels = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
	return await sharp(pixels, { raw: { width: SIDE, height: SIDE, channels: 4 } })
		.removeAlpha()
		.jpeg({ quality: 90 })
		.toBuffer();
}
