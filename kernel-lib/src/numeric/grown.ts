/** A longer copy of a column of numbers, with 0 beyond its old end. */
export function grown<A extends Float32Array | Float64Array>(column: A, length: number): A {
  const longer = new (column.constructor as new (length: number) => A)(length);
  longer.set(column);
  return longer;
}
