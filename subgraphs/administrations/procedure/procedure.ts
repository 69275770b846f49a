export const CHANNELS = ['ONLINE', 'POST', 'COUNTER', 'PHONE', 'EMAIL'] as const;
/** A way to reach a service. */
export type Channel = (typeof CHANNELS)[number];

/** An administrative procedure of a network. */
export interface Procedure {
  id: string;
  name: string;
  networkId: string | null;
  flagship: boolean;
  url: string | null;
  importId: string | null;
}

/** A delay that a network announces for a procedure, in days. */
export interface AnnouncedDelay {
  procedureId: string;
  territoryId: string;
  channel: Channel;
  days: number;
  /** ISO day. */
  announcedOn: string;
  /** True when the territory asked announced none of its own. */
  inherited: boolean;
  importId: string | null;
}

/** Which delays of a procedure; null means that it does not matter. */
export interface DelayCriteria {
  territory: string | null;
  channel: Channel | null;
}

/** Which procedures; null means that it does not matter. */
export interface ProcedureCriteria {
  flagship: boolean | null;
  search: string | null;
}
