/** Coerced values of the variables of an operation. */
export type Variables = Readonly<Record<string, unknown>>;

/** One estimate under way: the values that it is made for, and what its fragments came to. */
export interface Run {
  variables: Variables;
  known: Map<string, number>;
}

/**
 * A part of an estimate: a number, or what it is under given variables. `size` is how many items the field above
 * gives to the lists of its own type, such as the `nodes` of a connection.
 */
export type Amount = number | ((run: Run, size: number) => number);

/** No estimate is larger: multiplied lists never leave the exact integers. */
export const MOST = 1_000_000_000;

const capped = (amount: number) => (amount < MOST ? amount : MOST);

/** The value of an amount. */
export const valueOf = (amount: Amount, run: Run, size: number): number =>
  typeof amount === 'number' ? amount : amount(run, size);

/** The sum of amounts; a number when all of them are. */
export function sum(amounts: readonly Amount[]): Amount {
  let fixed = 0;
  const open: Exclude<Amount, number>[] = [];
  for (const amount of amounts) {
    if (typeof amount === 'number') fixed += amount;
    else open.push(amount);
  }
  fixed = capped(fixed);
  const [first] = open;
  if (!first) return fixed;
  if (open.length === 1) return fixed === 0 ? first : (run, size) => capped(fixed + first(run, size));
  return (run, size) => {
    let total = fixed;
    for (const amount of open) total += amount(run, size);
    return capped(total);
  };
}

/** The largest of amounts; 0 without any. */
export function largest(amounts: readonly Amount[]): Amount {
  const fixed = Math.max(0, ...amounts.filter((amount) => typeof amount === 'number'));
  const open = amounts.filter((amount) => typeof amount === 'function');
  if (open.length === 0) return fixed;
  return (run, size) => Math.max(fixed, ...open.map((amount) => amount(run, size)));
}

/** `count` times an amount. */
export function times(count: Amount, amount: Amount): Amount {
  if (typeof count === 'number' && typeof amount === 'number') return capped(count * amount);
  if (amount === 0) return 0;
  return (run, size) => capped(valueOf(count, run, size) * valueOf(amount, run, size));
}

/** An amount whose `size` is given here instead of above. */
export function withSize(amount: Amount, given: Amount): Amount {
  if (typeof amount === 'number') return amount;
  return (run, size) => amount(run, valueOf(given, run, size));
}

/** An amount that counts only where a condition holds. */
export function when(holds: (variables: Variables) => boolean, amount: Amount): Amount {
  if (amount === 0) return 0;
  return (run, size) => (holds(run.variables) ? valueOf(amount, run, size) : 0);
}

/** An amount that is computed once per estimate and size, however often it is used. */
export function once(key: string, amount: Amount): Amount {
  if (typeof amount === 'number') return amount;
  return (run, size) => {
    const place = `${key} ${size}`;
    let known = run.known.get(place);
    if (known === undefined) {
      known = amount(run, size);
      run.known.set(place, known);
    }
    return known;
  };
}
