import type { DocumentNode } from 'graphql';
import type { HubContext } from '../context.ts';
import { Turns } from '../execution/turns.ts';
import { type CostLimits, CostMeter } from './meter.ts';
import { Novelty } from './novelty.ts';

/**
 * What every operation passes before anything of it runs. There is one for a gateway, whatever the contract of the
 * caller, and it outlives a change of the supergraph. All of it throws HubError for what is refused.
 */
export interface Admission {
  /** Charges the caller for what the operation may give at most, and notes it for the headers of the answer. */
  charge(hub: Pick<HubContext, 'caller' | 'viewer' | 'spent'>, estimate: () => number): void;
  /** Charges the caller for a document that has no plan yet. */
  chargePlan(hub: HubContext, document: DocumentNode): void;
  /** Runs a mutation when it is the caller's turn. */
  write<T>(hub: HubContext, work: () => Promise<T>): Promise<T>;
}

/** @param limits none: nothing is charged, mutations take turns all the same */
export function openAdmission(limits: CostLimits | undefined): Admission {
  const meter = limits && new CostMeter(limits);
  const novelty = limits && limits.perMinute > 0 ? new Novelty() : undefined;
  const turns = new Turns();
  return {
    charge: ({ caller, viewer, spent }, estimateOf) => {
      if (!meter) return;
      const estimate = estimateOf();
      // Told with a refusal too.
      Object.assign(spent, { estimate, limit: meter.limitOf(viewer) });
      Object.assign(spent, meter.charge({ id: caller, viewer }, estimate));
    },
    chargePlan: ({ caller, viewer }, document) => novelty?.charge({ id: caller, viewer }, document),
    write: ({ caller }, work) => turns.run(caller, work),
  };
}
