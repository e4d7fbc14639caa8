/** Standard output belongs to the answer, standard error to everything else. */
export const say = (line: string): void => {
  process.stderr.write(`${line}\n`);
};

export const print = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** The answer as one JSON object, or as lines. */
export function answer(json: boolean | undefined, value: object, lines: () => readonly string[]): void {
  if (json) print(JSON.stringify(value));
  else for (const line of lines()) print(line);
}
