/** A rectangle in per cent of the whole. */
export interface Tile<Item> {
  readonly item: Item;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** A free rectangle, in units in which the whole is `aspect` wide and 1 high. */
interface Room {
  x: number;
  y: number;
  width: number;
  height: number;
}

/**
 * Tiles of a treemap whose areas are as the sizes, as square as can be (squarified treemap), largest
 * first. Items without a size above zero have no tile. `aspect` is width : height of the whole.
 */
export function squarify<Item>(
  items: readonly Item[],
  sizeOf: (item: Item) => number,
  aspect: number,
): Tile<Item>[] {
  const sized = items.map((item) => ({ item, size: sizeOf(item) }))
    .filter(({ size }) => Number.isFinite(size) && size > 0)
    .sort((a, b) => b.size - a.size);
  const whole = sized.reduce((sum, { size }) => sum + size, 0);
  const areas = sized.map(({ item, size }) => ({ item, area: size / whole * aspect }));
  const room: Room = { x: 0, y: 0, width: aspect, height: 1 };
  const tiles: Tile<Item>[] = [];
  for (let from = 0; from < areas.length;) {
    const side = Math.min(room.width, room.height);
    let to = from + 1;
    while (
      to < areas.length &&
      worst(areas.slice(from, to + 1), side) <= worst(areas.slice(from, to), side)
    ) {
      to++;
    }
    tiles.push(...layRow(areas.slice(from, to), room, aspect));
    from = to;
  }
  return tiles;
}

/** The ratio of the longest tile when a row of them lies along a side. */
function worst(row: readonly { readonly area: number }[], side: number): number {
  const sum = row.reduce((total, { area }) => total + area, 0);
  const areas = row.map(({ area }) => area);
  const [most, least] = [Math.max(...areas), Math.min(...areas)];
  return Math.max(side ** 2 * most / sum ** 2, sum ** 2 / (side ** 2 * least));
}

/** Lays a row along the shorter side of the room and takes its strip away from it. */
function layRow<Item>(
  row: readonly { readonly item: Item; readonly area: number }[],
  room: Room,
  aspect: number,
): Tile<Item>[] {
  const sum = row.reduce((total, { area }) => total + area, 0);
  const isUpright = room.width >= room.height;
  const depth = sum / (isUpright ? room.height : room.width);
  let along = isUpright ? room.y : room.x;
  const tiles = row.map(({ item, area }) => {
    const length = area / depth;
    const [x, y] = isUpright ? [room.x, along] : [along, room.y];
    const [width, height] = isUpright ? [depth, length] : [length, depth];
    along += length;
    const inPercent = (part: number) => part / aspect * 100;
    return { item, x: inPercent(x), y: y * 100, width: inPercent(width), height: height * 100 };
  });
  if (isUpright) {
    room.x += depth;
    room.width -= depth;
  } else {
    room.y += depth;
    room.height -= depth;
  }
  return tiles;
}
