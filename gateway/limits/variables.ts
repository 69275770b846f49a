import type { GatewayPlugin } from '@graphql-hive/gateway-runtime';
import { fitText } from '../../kernel/text.ts';
import { Refusal, shown } from './refusal.ts';

/** Deepest value of a variable; no input type of a graph comes near it. */
const MOST_LEVELS = 32;

/** Values in all the variables of a request; a thousand rows of a form have half as many. */
const MOST_VALUES = 20_000;

const NAME = /^[_A-Za-z]\w*$/;

/**
 * Looks at all that the variables of a request hold, whether the operation uses it or not.
 * @throws Refusal BAD_USER_INPUT for text that no database takes or that no reader sees as it is, for keys that
 * JavaScript objects take for something else, for values nested too deep and for too many
 */
export function checkVariables(variables: Readonly<Record<string, unknown>>): void {
  let room = MOST_VALUES;
  const spend = () => --room >= 0;
  for (const [name, value] of Object.entries(variables)) {
    const problem = problemOf(name, value, spend);
    if (!problem) continue;
    const which = NAME.test(name) ? `The variable "${shown(name)}"` : 'A variable';
    throw new Refusal('BAD_USER_INPUT', `${which} ${problem}.`);
  }
}

function problemOf(name: string, value: unknown, spend: () => boolean): string | undefined {
  // A list of what is left, not recursion: the caller chooses how deep the value is.
  const left: { value: unknown; level: number }[] = [];
  const push = (key: string | null, inner: unknown, level: number): string | undefined => {
    if (key === '__proto__') return 'has a reserved name, or holds one';
    if (key !== null && !fitText(key)) return 'holds characters that are not text';
    left.push({ value: inner, level });
    return undefined;
  };
  let problem = push(name, value, 0);
  for (let next = left.pop(); next && !problem; next = left.pop()) {
    const { value: inner, level } = next;
    if (!spend()) return `holds too much: at most ${MOST_VALUES} values may be sent`;
    if (typeof inner === 'string' && !fitText(inner)) return 'holds characters that are not text';
    if (typeof inner !== 'object' || inner === null) continue;
    if (level >= MOST_LEVELS) return `is nested deeper than ${MOST_LEVELS} levels`;
    if (Array.isArray(inner)) for (const item of inner) push(null, item, level + 1);
    else for (const [key, item] of Object.entries(inner)) problem ??= push(key, item, level + 1);
  }
  return problem;
}

/** Refuses unfit variables before the document is looked at. */
export function variableLimits(): GatewayPlugin {
  return {
    onParams({ params: { variables }, setResult }) {
      // Anything but an object is for the runtime to refuse.
      if (typeof variables !== 'object' || variables === null) return;
      try {
        checkVariables(variables);
      } catch (error) {
        if (!(error instanceof Refusal)) throw error;
        setResult({ errors: [error] });
      }
    },
  };
}
