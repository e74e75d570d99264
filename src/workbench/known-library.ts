import { parseDate } from "../domain/dates.ts";
import { InputError, type Problem } from "../domain/errors.ts";
import type { Library } from "./store.ts";

/** The library with the law that could be known by a day; the whole law where none is given. Throws InputError for no day. */
export function libraryKnownOn(library: Library, knownOn: string | undefined): Library {
  if (knownOn === undefined) return library;
  const day = parseDate(knownOn);
  if (!day) throw new InputError([badDay(knownOn, "--known-on")]);
  return library.asKnownOn(day);
}

/** What an answer by the law known on a day leaves out. */
export function unknownLaw(knownOn: string | undefined): readonly string[] {
  return knownOn === undefined ? [] : [`law that could not be known on ${knownOn}`];
}

/** The problem of an option that is no day. */
export function badDay(text: string, option: string): Problem {
  const message = `\`${text}\` is no calendar day`;
  return { code: "bad-date", message, hint: "write YYYY-MM-DD", at: { file: option } };
}
