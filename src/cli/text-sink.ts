import { once } from "node:events";
import { createWriteStream, mkdirSync, renameSync, rmSync } from "node:fs";
import { dirname } from "node:path";
import type { Writable } from "node:stream";
import { InputError } from "../domain/errors.ts";

/** Where text goes piece by piece; `write` waits while the reader is slower. */
export interface TextSink {
  readonly write: (text: string) => Promise<void>;
  /** Makes the whole visible. */
  readonly close: () => Promise<void>;
  /** Leaves nothing behind. */
  readonly abandon: () => void;
}

/** The program's standard output. */
export function stdoutSink(): TextSink {
  return { write: (text) => writeTo(process.stdout, text), close: async () => {}, abandon: () => {} };
}

/** A file that is there once it is whole: written beside, renamed at the end, taken away when the run is broken off. */
export function fileSink(file: string): TextSink {
  const draft = `${file}.${process.pid}.part`;
  const refuse = (error: Error): InputError =>
    new InputError([{ code: "missing-file", message: `cannot write \`${file}\`: ${error.message}` }]);
  let failed: Error | undefined;
  const check = () => {
    if (failed) throw refuse(failed);
  };
  try {
    mkdirSync(dirname(file), { recursive: true });
  } catch (error) {
    throw refuse(error as Error);
  }
  const stream = createWriteStream(draft);
  stream.on("error", (error) => {
    failed = error;
  });
  const abandon = () => {
    stream.destroy();
    rmSync(draft, { force: true });
  };
  const interrupted = () => {
    abandon();
    process.exit(130);
  };
  process.once("SIGINT", interrupted);
  process.once("SIGTERM", interrupted);
  const release = () => {
    process.off("SIGINT", interrupted);
    process.off("SIGTERM", interrupted);
  };
  return {
    write: async (text) => {
      check();
      await writeTo(stream, text).catch(() => {});
      check();
    },
    close: async () => {
      stream.end();
      if (!failed) await once(stream, "close").catch(() => {});
      release();
      check();
      renameSync(draft, file);
    },
    abandon: () => {
      release();
      abandon();
    },
  };
}

async function writeTo(stream: Writable, text: string): Promise<void> {
  if (!stream.write(text)) await once(stream, "drain");
}
