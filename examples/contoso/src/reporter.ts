/** How the demo tells what it does; the command line hands in its own output. */
export interface DemoReporter {
  /** One finished step. */
  step(sentence: string, facts?: Readonly<Record<string, unknown>>): void;
  /** Something to look at; the demo goes on. */
  warn(sentence: string, facts?: Readonly<Record<string, unknown>>): void;
  /** Text to show as it stands. */
  block(title: string, text: string, facts?: Readonly<Record<string, unknown>>): void;
  /** Work that may take over a second. */
  during<T>(sentence: string, work: () => Promise<T>): Promise<T>;
}
