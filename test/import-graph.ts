import ts from "typescript";

/** A source file as the graph checker takes it: path from the project's root, forward slashes. */
export interface SourceText {
  readonly path: string;
  readonly text: string;
}

/** What a folder of `src/` may import. */
interface FolderRule {
  readonly imports: readonly string[];
  /** Folders of which only types may be imported. */
  readonly typesOf?: readonly string[];
  /** Packages and built-in modules; absent: any that `FORBIDDEN_MODULES` does not name. */
  readonly packages?: readonly string[];
  /** Pure folders take data, date and seed as arguments: no clock, chance, environment or network. */
  readonly pure: boolean;
}

const EVERYTHING_BELOW = [
  "domain",
  "input",
  "law",
  "supply",
  "closure",
  "economy",
  "coalition",
  "parties",
  "evidence",
  "report",
  "importers",
];

/** What use cases take and give back is typed here. */
const RESULTS = ["input", "law", "closure", "coalition", "economy"];

/** The direction of imports; `docs/architecture.md` begins with the same as a picture. */
export const GRAPH: Readonly<Record<string, FolderRule>> = {
  domain: { imports: [], packages: [], pure: true },
  input: { imports: ["domain"], pure: true },
  law: { imports: ["domain", "input"], pure: true },
  supply: { imports: ["domain", "input"], pure: true },
  closure: { imports: ["domain", "input", "law", "supply"], pure: true },
  economy: { imports: ["domain"], pure: true },
  coalition: { imports: ["domain", "law", "supply", "closure", "economy"], pure: true },
  parties: { imports: ["domain", "input"], pure: true },
  evidence: { imports: ["domain", "input"], pure: true },
  report: { imports: ["domain"], typesOf: ["law", "closure", "coalition", "economy"], pure: true },
  importers: { imports: ["domain", "input", "supply", "economy"], pure: true },
  workbench: { imports: EVERYTHING_BELOW, pure: false },
  cli: { imports: ["domain", "input", "report", "workbench"], typesOf: RESULTS, pure: false },
  http: { imports: ["workbench"], typesOf: RESULTS, pure: false },
  mcp: { imports: ["workbench"], typesOf: RESULTS, pure: false },
};

/** Modules that reach a disk, the network, the machine or another process. */
const FORBIDDEN_MODULES = new Set(
  [
    "fs",
    "fs/promises",
    "os",
    "process",
    "child_process",
    "http",
    "https",
    "http2",
    "net",
    "tls",
    "dns",
    "dgram",
  ].flatMap((m) => [m, `node:${m}`]),
);

/** The only pure-folder files that read a disk: the reader of folders, and what wires importers to a command. */
const READS_DISK = [/^src\/input\/read-folder\.ts$/, /^src\/importers\/[^/]+\.ts$/];

/** Every place where `files` break the graph, as `file:line: what`, in the order of the files. */
export function findViolations(files: readonly SourceText[]): string[] {
  return files.flatMap((file) => {
    const source = ts.createSourceFile(file.path, file.text, ts.ScriptTarget.Latest, true);
    const folder = folderOf(file.path);
    const rule = GRAPH[folder];
    if (!rule) return [`${file.path}:1: the folder \`${folder}\` has no place in the import graph`];
    const found: { readonly position: number; readonly what: string }[] = [];
    for (const i of importsOf(source)) {
      const what = wrongImport(i, file.path, folder, rule);
      if (what) found.push({ position: i.position, what });
    }
    if (rule.pure && !READS_DISK.some((p) => p.test(file.path))) found.push(...impureUses(source));
    return found
      .sort((a, b) => a.position - b.position)
      .map(({ position, what }) => `${file.path}:${source.getLineAndCharacterOfPosition(position).line + 1}: ${what}`);
  });
}

/** `law` for `src/law/judge.ts`, `workbench` for `src/workbench.ts`. */
function folderOf(path: string): string {
  return path.split("/")[1]!.replace(/\.ts$/, "");
}

interface Import {
  readonly target: string;
  readonly typeOnly: boolean;
  readonly position: number;
}

function importsOf(source: ts.SourceFile): Import[] {
  const found: Import[] = [];
  const visit = (node: ts.Node): void => {
    const position = node.getStart(source);
    if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier) {
      found.push({ target: (node.moduleSpecifier as ts.StringLiteral).text, typeOnly: isTypeOnly(node), position });
    } else if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [argument] = node.arguments;
      const target = argument && ts.isStringLiteralLike(argument) ? argument.text : "(computed)";
      found.push({ target, typeOnly: false, position });
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      found.push({ target: (node.argument.literal as ts.StringLiteral).text, typeOnly: true, position });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function isTypeOnly(node: ts.ImportDeclaration | ts.ExportDeclaration): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly;
  const clause = node.importClause;
  if (!clause) return false;
  if (clause.phaseModifier === ts.SyntaxKind.TypeKeyword) return true;
  const names = clause.namedBindings;
  return !clause.name && names !== undefined && ts.isNamedImports(names) && names.elements.every((e) => e.isTypeOnly);
}

function wrongImport(i: Import, path: string, folder: string, rule: FolderRule): string | undefined {
  if (i.target === "(computed)") return "an import whose target is computed cannot be checked";
  if (!i.target.startsWith(".")) {
    if (rule.packages && !rule.packages.includes(i.target))
      return `\`${folder}\` must not import the package \`${i.target}\``;
    const allowed = !rule.pure || READS_DISK.some((p) => p.test(path)) || !FORBIDDEN_MODULES.has(i.target);
    return allowed
      ? undefined
      : `\`${folder}\` must not import \`${i.target}\`: texts, dates and settings come in as arguments`;
  }
  const target = resolve(path, i.target);
  if (!target.startsWith("src/")) return `\`${folder}\` must not import \`${target}\`, which is outside src/`;
  if (target.endsWith(".test.ts")) return `\`${folder}\` must not import the test \`${target}\``;
  const to = folderOf(target);
  if (to === folder || rule.imports.includes(to)) return undefined;
  if (!rule.typesOf?.includes(to)) return `\`${folder}\` must not import \`${to}\``;
  return i.typeOnly ? undefined : `\`${folder}\` may import only types of \`${to}\``;
}

function resolve(from: string, target: string): string {
  const parts = from.split("/").slice(0, -1);
  for (const step of target.split("/")) {
    if (step === "..") parts.pop();
    else if (step !== ".") parts.push(step);
  }
  return parts.join("/");
}

const IMPURE_NAMES = new Set(["process", "performance", "fetch", "WebSocket", "navigator"]);
const IMPURE_MEMBERS = new Set(["Date.now", "Math.random", "crypto.randomUUID", "crypto.getRandomValues"]);

function impureUses(source: ts.SourceFile): { readonly position: number; readonly what: string }[] {
  const found: { position: number; what: string }[] = [];
  const visit = (node: ts.Node): void => {
    const use = impureUse(node);
    if (use)
      found.push({ position: node.getStart(source), what: `\`${use}\`: the same inputs must give the same bytes` });
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

function impureUse(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node) && ts.isIdentifier(node.expression)) {
    const member = `${node.expression.text}.${node.name.text}`;
    if (IMPURE_MEMBERS.has(member)) return member;
  }
  const isDate = (e: ts.Expression): boolean => ts.isIdentifier(e) && e.text === "Date";
  if (ts.isNewExpression(node) && isDate(node.expression) && (node.arguments?.length ?? 0) === 0) return "new Date()";
  if (ts.isCallExpression(node) && isDate(node.expression)) return "Date()";
  return ts.isIdentifier(node) && IMPURE_NAMES.has(node.text) && isValueUse(node) ? node.text : undefined;
}

/** Whether an identifier reads a variable, rather than naming a member, a field or a declaration. */
function isValueUse(node: ts.Identifier): boolean {
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent)) return parent.expression === node;
  if (ts.isPropertyAssignment(parent) || ts.isVariableDeclaration(parent)) return parent.initializer === node;
  return !(
    ts.isPropertySignature(parent) ||
    ts.isPropertyDeclaration(parent) ||
    ts.isMethodDeclaration(parent) ||
    ts.isMethodSignature(parent) ||
    ts.isParameter(parent) ||
    ts.isBindingElement(parent) ||
    ts.isFunctionDeclaration(parent) ||
    ts.isImportSpecifier(parent) ||
    ts.isTypeReferenceNode(parent)
  );
}
