import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";

interface Locked {
  readonly version?: string;
  readonly optional?: boolean;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
  readonly hasInstallScript?: boolean;
}

const { packages } = JSON.parse(readFileSync("package-lock.json", "utf8")) as {
  readonly packages: Readonly<Record<string, Locked>>;
};

/** Where npm looks for `dependency` of the package at `path`: below it, then beside it. */
function find(path: string, dependency: string): Locked | undefined {
  return packages[`${path}/node_modules/${dependency}`] ?? packages[`node_modules/${dependency}`];
}

describe("package-lock.json", () => {
  it("names the native half of each tool for every platform, or `npm ci` refuses the file where a registry lacks one", () => {
    const missing = Object.entries(packages).flatMap(([path, { optionalDependencies }]) =>
      Object.entries(optionalDependencies ?? {})
        .filter(([dependency]) => find(path, dependency)?.version === undefined)
        .map(([dependency, version]) => `${dependency}@${version} of ${path}`),
    );
    expect(missing).toEqual([]);
  });

  it("holds no package on Linux that needs an install script, so that `npm ci --ignore-scripts` is enough", () => {
    const scripted = Object.entries(packages).filter(([, p]) => p.hasInstallScript === true && p.optional !== true);
    expect(scripted.map(([path]) => path)).toEqual([]);
  });

  it("pins every direct dependency to one version", () => {
    const root = packages[""] as {
      readonly dependencies: Record<string, string>;
      readonly devDependencies: Record<string, string>;
    } & Locked;
    const direct = { ...root.dependencies, ...root.devDependencies, ...root.optionalDependencies };
    expect(Object.keys(direct).length).toBeGreaterThan(8);
    const loose = Object.entries(direct).filter(([name, range]) => packages[`node_modules/${name}`]?.version !== range);
    expect(loose).toEqual([]);
  });
});
