#!/usr/bin/env node
// The entry point: refuses an old Node with a hint, keeps compiled code between runs, then hands over.
import module from "node:module";

const [major, minor] = process.versions.node.split(".").map(Number);
if (major < 22 || (major === 22 && minor < 18)) {
  console.error(`entente needs Node 22.18 or newer; this is ${process.versions.node}.
  hint: \`npm ci\` installs Node 24 beside the project, and \`npm start\` and \`npx entente\` use it`);
  process.exit(2);
}
module.enableCompileCache?.();
const { main } = await import("../src/cli/main.ts");
process.exitCode = await main(process.argv.slice(2));
