/** Colour arithmetic for the tests of palettes: WCAG contrast, colour blindness, CIEDE2000. */

type Triple = readonly [number, number, number];

/** Severe colour blindness in linear RGB (Machado, Oliveira, Fernandes 2009). */
const SIGHT_MATRICES = {
  normal: [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
} as const satisfies Readonly<Record<string, readonly [Triple, Triple, Triple]>>;
export type Sight = keyof typeof SIGHT_MATRICES;
export const SIGHTS = Object.keys(SIGHT_MATRICES) as Sight[];

/** Contrast of two colours `#rrggbb` as WCAG defines it. */
export function contrast(a: string, b: string): number {
  const [low, high] = [luminance(a), luminance(b)].sort((x, y) => x - y);
  return (high! + 0.05) / (low! + 0.05);
}

/** How far apart two colours look to an eye (CIEDE2000). */
export function difference(a: string, b: string, sight: Sight): number {
  return ciede2000(labOf(seen(linear(a), sight)), labOf(seen(linear(b), sight)));
}

function linear(hex: string): Triple {
  const channel = (at: number) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  };
  return [channel(1), channel(3), channel(5)];
}

function luminance(hex: string): number {
  return dot([0.2126, 0.7152, 0.0722], linear(hex));
}

function dot(a: Triple, b: Triple): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function seen(rgb: Triple, sight: Sight): Triple {
  const [r, g, b] = SIGHT_MATRICES[sight].map((row) => Math.min(1, Math.max(0, dot(row, rgb))));
  return [r!, g!, b!];
}

function labOf(rgb: Triple): Triple {
  const bent = (t: number) => t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116;
  const x = bent(dot([0.4124564, 0.3575761, 0.1804375], rgb) / 0.95047);
  const y = bent(dot([0.2126729, 0.7151522, 0.072175], rgb));
  const z = bent(dot([0.0193339, 0.119192, 0.9503041], rgb) / 1.08883);
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

const radians = (degrees: number) => degrees * Math.PI / 180;

function ciede2000([l1, a1, b1]: Triple, [l2, a2, b2]: Triple): number {
  const meanChroma = (Math.hypot(a1, b1) + Math.hypot(a2, b2)) / 2;
  const share = (chroma: number) => Math.sqrt(chroma ** 7 / (chroma ** 7 + 25 ** 7));
  const g = 0.5 * (1 - share(meanChroma));
  const [p1, p2] = [(1 + g) * a1, (1 + g) * a2];
  const [c1, c2] = [Math.hypot(p1, b1), Math.hypot(p2, b2)];
  const hue = (a: number, b: number) => (Math.atan2(b, a) * 180 / Math.PI + 360) % 360;
  const [h1, h2] = [hue(p1, b1), hue(p2, b2)];
  const isGrey = c1 * c2 === 0;
  const turn = h2 - h1;
  const dh = isGrey ? 0 : turn > 180 ? turn - 360 : turn < -180 ? turn + 360 : turn;
  const dHue = 2 * Math.sqrt(c1 * c2) * Math.sin(radians(dh) / 2);
  const [l, c] = [(l1 + l2) / 2, (c1 + c2) / 2];
  const sum = h1 + h2;
  const h = isGrey || Math.abs(turn) <= 180
    ? (isGrey ? sum : sum / 2)
    : sum < 360
    ? (sum + 360) / 2
    : (sum - 360) / 2;
  const t = 1 - 0.17 * Math.cos(radians(h - 30)) + 0.24 * Math.cos(radians(2 * h)) +
    0.32 * Math.cos(radians(3 * h + 6)) - 0.2 * Math.cos(radians(4 * h - 63));
  const sl = 1 + 0.015 * (l - 50) ** 2 / Math.sqrt(20 + (l - 50) ** 2);
  const [dl, dc, dH] = [(l2 - l1) / sl, (c2 - c1) / (1 + 0.045 * c), dHue / (1 + 0.015 * c * t)];
  const rotation = -2 * share(c) * Math.sin(radians(60 * Math.exp(-(((h - 275) / 25) ** 2))));
  return Math.sqrt(dl ** 2 + dc ** 2 + dH ** 2 + rotation * dc * dH);
}
