import type { Caller, Keys } from '../kit/roles.ts';
import { NETWORKS, type Views } from './samples.ts';

/** What callers ask about in the tests, by placeholder. */
export type World = (caller: Caller) => Views;

/** The same under every view. */
const always = (value: string) => ({ own: value, other: value, unknown: value });

/** Writes as two headquarters, so that there is something to be kept from others. */
export async function openWorld(_url: string, _keys: Keys): Promise<World> {
  return (caller) => ({
    ...NETWORKS,
    // Each who may write has its own, so that nobody finds what another has written.
    commitment: always(caller === 'DITP' ? 'COMMITMENT-E1' : 'COMMITMENT-E2'),
  });
}
