import { NATION } from '../../../kernel/ids.ts';
import type { Density, Setting } from '../../../kernel/surroundings.ts';
import { builder } from '../builder.ts';
import { type Optional, optionalPeriod, optionalText, optionalTexts } from '../input.ts';
import { DensityEnum, SettingEnum } from '../peers/peers.type.ts';
import type { ResultFilter } from './filter.ts';

export const ResultFilterInput = builder.inputType('ResultFilter', {
  description:
    'Which results are grouped; every condition given must hold. Networks or indicators are needed.',
  fields: (t) => ({
    networks: t.idList({
      description: 'Results of these networks, 200 at most. A network that changed its name has its own.',
    }),
    indicators: t.idList({ description: 'Results of these indicators, 200 at most.' }),
    period: t.string({ description: 'Results for this period: 2023, 2023-S1, 2023-T3 or 2023-07.' }),
    from: t.string({ description: 'Results whose period begins with this one, or later.' }),
    to: t.string({ description: 'Results whose period ends with this one, or before.' }),
    territory: t.id({ description: 'Units that stand in this région, département or commune.' }),
    setting: t.field({ type: SettingEnum, description: 'Rural, urban or overseas units.' }),
    density: t.field({ type: DensityEnum, description: 'Units in communes of this density, none overseas.' }),
  }),
});

/** The filter as it is sent. */
export interface SentFilter {
  networks?: Optional<readonly string[]>;
  indicators?: Optional<readonly string[]>;
  period?: Optional<string>;
  from?: Optional<string>;
  to?: Optional<string>;
  territory?: Optional<string>;
  setting?: Optional<Setting>;
  density?: Optional<Density>;
}

/** The filter once it was checked; BAD_USER_INPUT for what is no period, too long or too many. */
export function readFilter(sent: SentFilter): ResultFilter {
  const territory = optionalText(sent.territory, 'territory');
  return {
    networks: optionalTexts(sent.networks, 'networks'),
    indicators: optionalTexts(sent.indicators, 'indicators'),
    period: optionalPeriod(sent.period),
    from: optionalPeriod(sent.from),
    to: optionalPeriod(sent.to),
    territory: territory === NATION ? null : territory,
    setting: sent.setting ?? null,
    density: sent.density ?? null,
  };
}
