/** Milliseconds of processor time that the process spends on one of `runs` runs of the same work, on average. */
export async function processorTime(work: () => unknown, runs: number): Promise<number> {
  const start = process.cpuUsage();
  for (let i = 0; i < runs; i++) await work();
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000 / runs;
}
