import type { Writable } from 'node:stream';
import { styleText } from 'node:util';
import { type Problem, toJsonError, toSentence } from '@joinery/problems';
import yoctoSpinner from 'yocto-spinner';

/** Where a command writes. Tests hand in their own streams. */
export interface OutputStreams {
  readonly stdout: Writable & { readonly isTTY?: boolean };
  readonly stderr: Writable & { readonly isTTY?: boolean };
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Facts of a step or an outcome, for `--json`. No secrets. */
export type Facts = Readonly<Record<string, unknown>>;

/** How a command speaks: calm lines for people, or one JSON object a line. */
export interface Output {
  /** One finished step. */
  step(sentence: string, facts?: Facts): void;
  /** Something to look at; the command goes on. */
  warn(sentence: string, facts?: Facts): void;
  /** Text as it stands: file contents, tables. In JSON it is the step's `text`. */
  block(title: string, text: string, facts?: Facts): void;
  /** A line of a result as it stands, for other programs to read. */
  line(text: string, facts: Facts): void;
  /** Runs work that may take over a second; on a terminal a spinner turns until it ends, and says how far it is. */
  during<T>(sentence: string, work: (say: (sentence: string) => void) => Promise<T>): Promise<T>;
  /** The last line of a command that succeeded. */
  done(sentence: string, facts?: Facts): void;
  /** The end of a command whose lines are its result: says nothing more to people. */
  end(facts: Facts): void;
  /** The last line of a command that failed. */
  failed(problem: Problem): void;
}

/** Work that ends sooner never shows a spinner: calm beats busy. */
const spinnerDelay = 1_000;

/** Lines for people: results on stdout, warnings and errors on stderr; colour only on a terminal and without NO_COLOR. */
export function textOutput({ stdout, stderr, env }: OutputStreams): Output {
  const colour = stdout.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb';
  const turns = colour && env.CI === undefined;
  const paint = (style: 'green' | 'yellow' | 'bold', text: string): string =>
    colour ? styleText(style, text, { validateStream: false }) : text;
  return {
    step: (sentence) => void stdout.write(`${paint('green', '✓')} ${sentence}\n`),
    warn: (sentence) => void stderr.write(`${paint('yellow', '!')} ${sentence}\n`),
    block(title, text) {
      const lines = text.trimEnd().split('\n');
      stdout.write(`\n${paint('bold', title)}\n${lines.map((line) => `    ${line}`).join('\n')}\n\n`);
    },
    line: (text) => void stdout.write(`${text}\n`),
    async during(sentence, work) {
      if (!turns) return await work(() => {});
      // Left to itself the spinner would end the process at SIGINT; the command ends what it started first.
      const spinner = yoctoSpinner({ text: sentence, stream: stdout, handleSignals: false });
      const timer = setTimeout(() => spinner.start(), spinnerDelay);
      try {
        return await work((now) => {
          spinner.text = now;
        });
      } finally {
        clearTimeout(timer);
        spinner.stop();
      }
    },
    done: (sentence) => void stdout.write(`${sentence}\n`),
    end() {},
    failed: (problem) => void stderr.write(`${toSentence(problem)}\n`),
  };
}

/** One JSON object a line on stdout; the last one carries `outcome`. */
export function jsonOutput({ stdout }: OutputStreams): Output {
  const write = (value: Facts): void => {
    stdout.write(
      `${JSON.stringify(value, (_, item: unknown) => (typeof item === 'bigint' ? item.toString() : item))}\n`,
    );
  };
  return {
    step: (sentence, facts) => write({ step: sentence, ...facts }),
    warn: (sentence, facts) => write({ warning: sentence, ...facts }),
    block: (title, text, facts) => write({ step: title, text, ...facts }),
    line: (_, facts) => write(facts),
    during: async (_, work) => await work(() => {}),
    done: (sentence, facts) => write({ outcome: 'done', message: sentence, ...facts }),
    end: (facts) => write({ outcome: 'done', ...facts }),
    failed: (problem) => write({ outcome: 'failed', ...toJsonError(problem) }),
  };
}
