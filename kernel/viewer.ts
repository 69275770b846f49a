/** Who asks, as the gateway established it. Subgraphs decide on it what may be seen. */
export interface Viewer {
  role: 'PUBLIC';
}

/** Anybody: sees published data only. */
export const ANONYMOUS: Viewer = { role: 'PUBLIC' };
