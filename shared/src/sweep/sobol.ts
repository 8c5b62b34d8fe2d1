/**
 * Initial direction numbers of the Sobol sequence, after Joe and Kuo (2008): degree and coefficients of a primitive
 * polynomial, and the first numbers. The first dimension needs none.
 */
const polynomials: readonly (readonly [degree: number, coefficients: number, numbers: readonly number[]])[] = [
  [1, 0, [1]],
  [2, 1, [1, 3]],
  [3, 1, [1, 3, 1]],
  [3, 2, [1, 1, 1]],
  [4, 1, [1, 1, 3, 3]],
  [4, 4, [1, 3, 5, 13]],
  [5, 2, [1, 1, 5, 5, 17]],
  [5, 4, [1, 1, 5, 5, 5]],
  [5, 7, [1, 1, 7, 11, 19]],
  [5, 11, [1, 1, 5, 1, 1]],
  [5, 13, [1, 1, 1, 3, 11]],
  [5, 14, [1, 3, 5, 5, 31]],
  [6, 1, [1, 3, 3, 9, 7, 49]],
  [6, 13, [1, 1, 1, 15, 21, 21]],
  [6, 16, [1, 3, 1, 13, 27, 49]],
  [6, 19, [1, 1, 1, 15, 7, 5]],
  [6, 22, [1, 3, 1, 15, 13, 25]],
  [6, 25, [1, 1, 5, 5, 19, 61]],
  [7, 1, [1, 3, 7, 11, 23, 15, 103]],
  [7, 4, [1, 3, 7, 13, 13, 15, 69]],
];

export const mostSobolDimensions = polynomials.length + 1;

const bits = 30;

/**
 * Points that fill the unit cube evenly, one after the other, moved as a whole by a shift for each dimension (a digital
 * shift, so that another seed gives other points and none lies on the edge).
 */
export function* sobolPoints(dimensions: number, shiftOf: (dimension: number) => number): Generator<number[]> {
  const directions = Array.from({ length: dimensions }, (_, dimension) => directionsOf(dimension));
  const shifts = directions.map((_, dimension) => Math.floor(shiftOf(dimension) * 2 ** bits));
  const state = directions.map(() => 0);
  for (let index = 0; index < 2 ** bits; index += 1) {
    yield state.map((value, dimension) => (((value ^ (shifts[dimension] ?? 0)) >>> 0) + 0.5) / 2 ** bits);
    const changed = trailingOnes(index);
    for (const [dimension, numbers] of directions.entries()) state[dimension] = ((state[dimension] ?? 0) ^ (numbers[changed] ?? 0)) >>> 0;
  }
}

function directionsOf(dimension: number): number[] {
  const polynomial = polynomials[dimension - 1];
  if (!polynomial) return Array.from({ length: bits }, (_, bit) => 2 ** (bits - 1 - bit));
  const [degree, coefficients, first] = polynomial;
  const numbers = first.map((number, bit) => number * 2 ** (bits - 1 - bit));
  for (let bit = degree; bit < bits; bit += 1) {
    const before = numbers[bit - degree] ?? 0;
    let next = (before ^ Math.floor(before / 2 ** degree)) >>> 0;
    for (let k = 1; k < degree; k += 1) if ((coefficients >> (degree - 1 - k)) & 1) next = (next ^ (numbers[bit - k] ?? 0)) >>> 0;
    numbers.push(next);
  }
  return numbers;
}

function trailingOnes(index: number): number {
  let count = 0;
  for (let rest = index; rest & 1; rest >>= 1) count += 1;
  return count;
}
