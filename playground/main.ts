import { startPlayground } from './launcher';
import { CannotStart, readOptions, refuseRealPlaces } from './launcher-options';

const write = (line: string): void => void process.stdout.write(`${line}\n`);
const complain = (line: string): void => void process.stderr.write(`${line}\n`);

async function main(): Promise<void> {
  const options = readOptions(process.argv);
  refuseRealPlaces(process.env);
  const began = performance.now();
  const playground = await startPlayground(options, complain);
  let ending = 0;

  async function end(): Promise<void> {
    // A second Ctrl-C is from somebody who does not want to wait. A terminal and npm may both pass on one and the same.
    if (ending > 0 && performance.now() - ending > 500) process.exit(130);
    if (ending > 0) return;
    ending = performance.now();
    await playground.stop();
    process.exit(0);
  }
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void end());
  if (options.untilStdinCloses) {
    process.stdin.resume();
    process.stdin.on('close', () => void end());
  }

  if (options.product) {
    try {
      await playground.startProduct();
    } catch (error) {
      if (ending > 0) return;
      complain(error instanceof Error ? error.message : String(error));
    }
  }
  if (ending > 0) return;
  write(`Onboard's playground, tenant "${options.scenario}": ${playground.url}`);
  if (options.quiet) return;
  const seconds = ((performance.now() - began) / 1_000).toFixed(1);
  write(`Ready after ${seconds} s. Open the address in a browser; Ctrl-C ends everything.`);
}

main().catch((error: unknown) => {
  complain(error instanceof CannotStart ? error.message : String(error instanceof Error ? error.stack : error));
  process.exit(1);
});
