import { defaultPolicy, type ConnectionPolicy } from '../../../machines/connection/policy.ts';
import { tellStep } from '../tellStep.ts';
import type { InspectedActor, InspectedState } from '../InspectMessage.ts';
import type { InspectSink } from '../InspectSink.ts';

export interface ConsoleSinkOptions {
  /** Where the lines go. @default console */
  readonly console?: { log(...line: readonly unknown[]): void };
  /** `css` for browsers' consoles, `ansi` for terminals, `none` for log files. @default what fits the place */
  readonly colours?: 'css' | 'ansi' | 'none';
}

/** How a step turned out, by what the person would say of the state it led to. */
const tones = {
  good: { css: 'color:#1a7f37', ansi: '32' },
  busy: { css: 'color:#0969da', ansi: '34' },
  doubtful: { css: 'color:#9a6700', ansi: '33' },
  bad: { css: 'color:#cf222e', ansi: '31' },
  dim: { css: 'color:#6e7781', ansi: '2' },
} as const;
type Tone = keyof typeof tones;

/**
 * One line for each step: when, who, what happened, where it led, why, what was announced, what is waited for.
 * `12:03:44.120 alice  link.failed tokenIncorrect 31004 → fetchingToken  TOKEN_INCORRECT: the token is dropped, here and where it is stored.`
 */
export function consoleSink({ console: target = console, colours = usualColours() }: ConsoleSinkOptions = {}): InspectSink {
  const print = (tone: Tone, said: string, more: string) => {
    const [strong, rest] = [onOneLine(said), onOneLine(more)];
    if (colours === 'css') target.log(`%c${escape(strong)}%c${escape(rest)}`, `${tones[tone].css};font-weight:600`, tones.dim.css);
    else if (colours === 'ansi') target.log(`\u001b[${tones[tone].ansi}m${strong}\u001b[0m\u001b[2m${rest}\u001b[0m`);
    else target.log(strong + rest);
  };
  return () => {
    let before: InspectedState | undefined;
    let name = '';
    return {
      send(message) {
        if (message.type === 'actor') {
          ({ name, state: before } = message);
          print('dim', `${timeOf(message.at)} ${name}`, `  is inspected${policyOf(message)}`);
        } else if (message.type === 'end') print('dim', `${timeOf(message.at)} ${name}`, '  is not inspected any more');
        else if (message.type === 'step') {
          const { what, where, why } = tellStep(message, before);
          before = message.state;
          print(toneOf(message.state, where), `${timeOf(message.at)} ${name}  ${what}${where && ` → ${where}`}`, why && `  ${why}`);
        }
      },
      close: () => undefined,
    };
  };
}

/** What others say may hold line breaks, or a terminal's own commands. */
function onOneLine(text: string): string {
  let line = '';
  for (const sign of text) line += isControl(sign) ? ' ' : sign;
  return line;
}

/** By hand: not every engine of React Native knows `\p{Cc}`, and one that does not refuses the whole file. */
const isControl = (sign: string) => sign < ' ' || (sign >= '\u007f' && sign <= '\u009f');

/** A `%` of somebody's message is no directive. */
const escape = (text: string) => text.replace(/%/g, '%%');

function usualColours(): NonNullable<ConsoleSinkOptions['colours']> {
  const { document, process } = globalThis as { document?: unknown; process?: { stdout?: { isTTY?: boolean } } };
  if (typeof document === 'object') return 'css';
  return process?.stdout?.isTTY === true ? 'ansi' : 'none';
}

/** In the app's own time zone, to the millisecond. */
function timeOf(at: number): string {
  const date = new Date(at);
  const two = (part: number) => String(part).padStart(2, '0');
  return `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

/** What is not as usual in it. */
function policyOf({ policy }: InspectedActor): string {
  const unusual = Object.entries(policy).filter(([name, value]) => value !== defaultPolicy[name as keyof ConnectionPolicy]);
  return unusual.length === 0 ? '' : `, policy: ${unusual.map(([name, value]) => `${name} ${value}`).join(', ')}`;
}

function toneOf({ active }: InspectedState, where: string): Tone {
  if (where === '') return 'dim';
  if (active.some((path) => /^session\.(failed|kicked)$/.test(path))) return 'bad';
  if (active.some((path) => /^session\.(waiting|prompting|link\.recovering)/.test(path))) return 'doubtful';
  return active.includes('session.link.connected') ? 'good' : 'busy';
}
