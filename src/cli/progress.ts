/** Tells how far a long run is. */
export interface Progress {
  readonly tell: (done: number, total?: number) => void;
  readonly end: () => void;
}

const WIDTH = 30;
const PAUSE_MS = 100;

/** A bar on standard error, where that is a terminal; otherwise nothing is shown. */
export function progressBar(label: string): Progress {
  if (process.stderr.isTTY !== true) return { tell: () => {}, end: () => {} };
  let shown = 0;
  return {
    tell: (done, total) => {
      const now = performance.now();
      if (now - shown < PAUSE_MS) return;
      shown = now;
      process.stderr.write(`\r\u001b[K${label}  ${barText(done, total)}`);
    },
    end: () => void process.stderr.write("\r\u001b[K"),
  };
}

/** `[#####.....] 50 of 100`, or the number alone where the total is not known. */
function barText(done: number, total: number | undefined): string {
  if (total === undefined) return String(done);
  const filled = Math.round((WIDTH * done) / Math.max(1, total));
  return `[${"#".repeat(filled)}${".".repeat(WIDTH - filled)}] ${done} of ${total}`;
}
