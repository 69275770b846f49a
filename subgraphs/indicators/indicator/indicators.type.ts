import {
  connectionType,
  decodeCursor,
  encodeCursor,
  pageArguments,
  pageSize,
  toPage,
} from '../../../kernel/graphql/connection.ts';
import { builder, PageInfo } from '../builder.ts';
import type { IndicatorsContext } from '../context.ts';
import { type Optional, optionalText, textOf } from '../input.ts';
import type { Family } from '../tables.ts';
import { FamilyEnum } from './enums.type.ts';
import type { Indicator as IndicatorShape } from './indicator.loader.ts';
import { Indicator } from './indicator.type.ts';

const Indicators = connectionType(builder, PageInfo, 'Indicator', Indicator);

builder.queryFields((t) => ({
  indicator: t.field({
    type: Indicator,
    nullable: true,
    description: 'An indicator by its id; null when unknown.',
    args: { id: t.arg.id({ required: true, description: 'IND-27, IND-SATISFACTION.' }) },
    resolve: (_root, { id }, { loaders }) => loaders.indicator.load(textOf(id, 'id')),
  }),
  indicators: t.field({
    type: Indicators,
    nullable: true,
    description: 'Indicators, in the order of their ids.',
    args: {
      network: t.arg.id({ description: 'Its own ones, and those of the common core that it publishes.' }),
      family: t.arg({ type: FamilyEnum, description: 'Only this family.' }),
      core: t.arg.boolean({ description: 'Only the common core, or only the others.' }),
      search: t.arg.string({
        description: 'Words that follow each other in a title, without case or accents.',
      }),
      ...pageArguments(builder),
    },
    resolve: (_root, args, context) => pageOfIndicators(context, args),
  }),
}));

interface Asked {
  network?: Optional<string>;
  family?: Optional<Family>;
  core?: Optional<boolean>;
  search?: Optional<string>;
  first?: Optional<number>;
  after?: Optional<string>;
}

async function pageOfIndicators({ lists, loaders }: IndicatorsContext, args: Asked) {
  const filter = {
    network: optionalText(args.network, 'network'),
    family: args.family ?? null,
    core: args.core ?? null,
    search: optionalText(args.search, 'search'),
  };
  const list = JSON.stringify(['indicators', filter]);
  const size = pageSize(args.first);
  const after = optionalText(decodeCursor(list, args.after)?.[0], 'after');
  const ids = await lists.indicators(filter, { after, limit: size + 1 });
  const rows = (await Promise.all(ids.map((id) => loaders.indicator.load(id)))).filter((row) => row !== null);
  const cursorOf = ({ id }: IndicatorShape) => encodeCursor(list, [id]);
  return toPage(rows, size, args.after, cursorOf, () => lists.countIndicators(filter));
}
