/** Counts things that happen by name, and lets a driver wait until one has happened so often. */
export class Signpost {
  readonly #counts = new Map<string, number>();
  readonly #waiting = new Map<string, { readonly count: number; readonly go: () => void }[]>();

  reached(name: string): void {
    const count = (this.#counts.get(name) ?? 0) + 1;
    this.#counts.set(name, count);
    const waiting = this.#waiting.get(name) ?? [];
    for (const each of waiting.filter((one) => one.count <= count)) each.go();
    this.#waiting.set(
      name,
      waiting.filter((one) => one.count > count),
    );
  }

  until(name: string, count: number): Promise<void> {
    if ((this.#counts.get(name) ?? 0) >= count) return Promise.resolve();
    return new Promise((go) => {
      this.#waiting.set(name, [...(this.#waiting.get(name) ?? []), { count, go }]);
    });
  }
}
