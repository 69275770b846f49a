import type { Feed, FeedOptions } from './feed.ts';
import { FileProblem } from './problem.ts';

/** Checks the options of a run against what the feed understands; throws BAD_OPTION. */
export function checkOptions(feed: Feed, options: FeedOptions): FeedOptions {
  const known = feed.options ?? {};
  for (const name of Object.keys(options)) {
    if (known[name] === undefined) {
      const list = Object.keys(known).join(', ');
      throw new FileProblem(
        'BAD_OPTION',
        `${feed.name} has no option "${name}" (${list === '' ? 'it has none' : `it has: ${list}`})`,
      );
    }
  }
  for (const [name, { required, pattern, expected }] of Object.entries(known)) {
    const value = options[name];
    if (value === undefined) {
      if (required) throw new FileProblem('BAD_OPTION', `${feed.name} needs the option "${name}"`);
      continue;
    }
    const whole = pattern === undefined ? null : new RegExp(`^(?:${pattern.source})$`, pattern.flags);
    if (whole !== null && !whole.test(value)) {
      throw new FileProblem(
        'BAD_OPTION',
        `option "${name}": expected ${expected ?? String(pattern)}, found "${value}"`,
      );
    }
  }
  return options;
}
