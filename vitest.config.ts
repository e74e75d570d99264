import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    include: ["src/**/*.test.ts", "test/**/*.test.ts"],
    environment: "node",
    testTimeout: 60_000,
    reporters: ["default", ["json", { outputFile: ".cache/unit-tests.json" }]],
  },
});
