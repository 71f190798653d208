/** Where a command writes, so that tests can read it. Results go to standard output, remarks to standard error. */
export interface Output {
  result(text: string): void;
  remark(text: string): void;
}

export const terminal: Output = {
  result: (text) => void process.stdout.write(`${text}\n`),
  remark: (text) => void process.stderr.write(`${text}\n`),
};
