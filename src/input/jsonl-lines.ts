/** A line of a text that is read piece by piece, without its line break; lines count from 1. */
export interface TextLine {
  readonly text: string;
  readonly line: number;
}

/** Splits a text that arrives in pieces into its lines, blank ones left out, a batch for each piece. */
export async function* textLines(pieces: AsyncIterable<string>): AsyncGenerator<readonly TextLine[]> {
  let rest = "";
  let line = 1;
  for await (const piece of pieces) {
    if (!piece.includes("\n")) {
      rest += piece;
      continue;
    }
    const lines = (rest + piece).split("\n");
    rest = lines.pop()!;
    yield numbered(lines, line);
    line += lines.length;
  }
  if (rest !== "") yield numbered([rest], line);
}

function numbered(lines: readonly string[], first: number): TextLine[] {
  return lines.flatMap((text, i) => {
    const line = first + i;
    const clean = line === 1 ? text.replace(/^\ufeff/, "") : text;
    return clean.trim() === "" ? [] : [{ text: clean, line }];
  });
}
