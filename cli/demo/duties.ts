import type { CsvRow } from './files.ts';
import { DEMO_VOICES } from './voice-networks.ts';

/** Delays that networks are made to undertake, in days. */
const DELAYS = [10, 15, 20, 30];

/**
 * Delays of reply, as rows of the template `reply-duties`: for each network the first that is half as long again as
 * what it usually takes. Networks without one are left: nobody is late there.
 */
export const demoDuties = (): CsvRow[] =>
  DEMO_VOICES.flatMap(({ network, reply }) => {
    const days = DELAYS.find((delay) => delay >= 1.5 * reply.days);
    return days === undefined
      ? []
      : [
          {
            reseau: network.slice('NET-'.length),
            jours: days,
            source: 'DÉMONSTRATION : délai inventé',
            depuis: '2024-01-01',
          },
        ];
  });
