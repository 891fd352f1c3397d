/** Where a training waits between two steps, and what lets it go on. */

export class Pause {
  private isAsked = false;
  private steps = 0;
  private wake = () => {};

  ask(): void {
    this.isAsked = true;
    this.steps = 0;
  }

  end(): void {
    this.isAsked = false;
    this.wake();
  }

  /** Lets a single step through. */
  step(): void {
    if (this.isAsked) this.steps++;
    this.wake();
  }

  /** Lets whoever waits look at what has changed. */
  stir(): void {
    this.wake();
  }

  /**
   * Waits while it is paused.
   * @param look called at once, and again whenever it was stirred: how long to wait until it wants to be called anyway
   * @returns whether a single step may follow, rather than as many as there are
   */
  async wait(look: () => Promise<number | undefined>): Promise<boolean> {
    while (this.isAsked && this.steps === 0) {
      // What wakes it while it looks is not missed.
      let timer: ReturnType<typeof setTimeout> | undefined;
      const woken = new Promise<void>((resolve) => {
        this.wake = resolve;
      });
      const milliseconds = await look();
      if (milliseconds !== undefined) timer = setTimeout(this.wake, milliseconds);
      await woken;
      clearTimeout(timer);
    }
    if (!this.isAsked) return false;
    this.steps--;
    return true;
  }
}
