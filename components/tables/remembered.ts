/** A function that builds once for each object, so that an unchanged row gives the same data again. */
export function remembered<Row extends object, Data>(
  build: (row: Row) => Data,
): (row: Row) => Data {
  const known = new WeakMap<Row, Data>();
  return (row) => {
    const held = known.get(row) ?? build(row);
    known.set(row, held);
    return held;
  };
}
