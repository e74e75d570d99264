/** One step of a fixed-point iteration made faster from those before it. */
export interface Accelerator {
  /** Writes the next point into `x`, given the step `f = g(x) - x` that the plain iteration would take. */
  readonly advance: (x: Float64Array, f: Float64Array) => void;
  /** Forgets what came before. */
  readonly restart: () => void;
}

/** Added to the diagonal of the normal equations, against steps that repeat each other. */
const RIDGE = 1e-14;

/**
 * Anderson acceleration of type II: the next point mixes the last `depth` points so that their steps come as near to zero as
 * they can (D. G. Anderson, J. ACM 12(4), 1965; H. F. Walker and P. Ni, SIAM J. Numer. Anal. 49(4), 2011, algorithm AA).
 */
export function createAccelerator(size: number, depth: number): Accelerator {
  const dx = Array.from({ length: depth }, () => new Float64Array(size));
  const df = Array.from({ length: depth }, () => new Float64Array(size));
  const lastX = new Float64Array(size);
  const lastF = new Float64Array(size);
  const gram = new Float64Array(depth * depth);
  const system = new Float64Array(depth * depth);
  const weights = new Float64Array(depth);
  let steps = 0;
  return {
    advance: (x, f) => {
      if (steps > 0) {
        const slot = (steps - 1) % depth;
        const a = dx[slot]!;
        const b = df[slot]!;
        for (let n = 0; n < size; n++) {
          a[n] = x[n]! - lastX[n]!;
          b[n] = f[n]! - lastF[n]!;
        }
        const held = Math.min(steps, depth);
        for (let r = 0; r < held; r++) {
          const product = dot(df[r]!, b);
          gram[r * depth + slot] = product;
          gram[slot * depth + r] = product;
        }
      }
      lastX.set(x);
      lastF.set(f);
      const held = Math.min(steps, depth);
      for (let r = 0; r < held; r++) {
        weights[r] = dot(df[r]!, f);
        for (let c = 0; c < held; c++) system[r * depth + c] = gram[r * depth + c]!;
        system[r * depth + r]! *= 1 + RIDGE;
      }
      steps += 1;
      for (let n = 0; n < size; n++) x[n]! += f[n]!;
      if (!solveSymmetric(system, weights, held, depth)) return;
      for (let r = 0; r < held; r++) {
        const w = weights[r]!;
        const a = dx[r]!;
        const b = df[r]!;
        for (let n = 0; n < size; n++) x[n]! -= w * (a[n]! + b[n]!);
      }
    },
    restart: () => {
      steps = 0;
    },
  };
}

function dot(a: Float64Array, b: Float64Array): number {
  let sum = 0;
  for (let n = 0; n < a.length; n++) sum += a[n]! * b[n]!;
  return sum;
}

/** Solves the positive definite system in place by Cholesky factors, the answer in `b`; false where it is not definite. */
function solveSymmetric(a: Float64Array, b: Float64Array, size: number, stride: number): boolean {
  for (let c = 0; c < size; c++) {
    let d = a[c * stride + c]!;
    const whole = d;
    for (let k = 0; k < c; k++) d -= a[c * stride + k]! ** 2;
    if (!(d > whole * 1e-15)) return false;
    const root = Math.sqrt(d);
    a[c * stride + c] = root;
    for (let r = c + 1; r < size; r++) {
      let v = a[r * stride + c]!;
      for (let k = 0; k < c; k++) v -= a[r * stride + k]! * a[c * stride + k]!;
      a[r * stride + c] = v / root;
    }
  }
  for (let r = 0; r < size; r++) {
    let v = b[r]!;
    for (let k = 0; k < r; k++) v -= a[r * stride + k]! * b[k]!;
    b[r] = v / a[r * stride + r]!;
  }
  for (let r = size - 1; r >= 0; r--) {
    let v = b[r]!;
    for (let k = r + 1; k < size; k++) v -= a[k * stride + r]! * b[k]!;
    b[r] = v / a[r * stride + r]!;
  }
  return true;
}
