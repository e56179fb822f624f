/**
 * The `most` smallest of many names, in order, without sorting them all: what is beyond the largest kept is passed over,
 * and the rest is sorted each time twice as many have come together.
 */
export class SmallestNames {
  private readonly most: number;
  private names: string[] = [];
  private bound: string | undefined;

  constructor(most: number) {
    this.most = most;
  }

  add(name: string): void {
    if (this.bound !== undefined && name >= this.bound) return;
    this.names.push(name);
    if (this.names.length >= 2 * this.most) this.cut();
  }

  sorted(): readonly string[] {
    this.cut();
    return this.names;
  }

  private cut(): void {
    this.names.sort();
    if (this.names.length < this.most) return;
    this.names.length = this.most;
    this.bound = this.names[this.most - 1];
  }
}
