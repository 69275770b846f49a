import type { Viewer } from '../../viewer.ts';
import { createBuilder } from '../builder.ts';
import { resolvable, type Subgraph, toSubgraphSchema } from '../subgraph.ts';

interface ToyContext {
  viewer: Viewer;
  requestId: string | undefined;
}

/** A subgraph without a database, and what tests want to know of it. */
export interface Toy {
  subgraph: Subgraph;
  /** Fields that were resolved, in order. */
  ran: string[];
  /** Whether it says that it is ready. */
  up: boolean;
  closed: boolean;
  /** Lets the field `slow` answer. */
  release: () => void;
}

/** A viewer with something in each of its parts. */
export const REFERENT: Viewer = {
  role: 'LOCAL_REFERENT',
  subject: 'person:é "1"',
  network: 'NET-caf',
  structure: 'STR-caf-621',
};

export function toySubgraph(name = 'toy'): Toy {
  const { builder } = createBuilder<ToyContext>();
  let release = () => undefined as void;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const ran: string[] = [];
  const note = <T>(field: string, value: T): T => {
    ran.push(field);
    return value;
  };
  builder.queryField('asks', (t) =>
    t.string({
      description: 'Who asks, for which request.',
      resolve: (_root, _args, { viewer, requestId }) => note('asks', JSON.stringify({ viewer, requestId })),
    }),
  );
  builder.queryField('broken', (t) =>
    t.string({
      description: 'Fails.',
      nullable: true,
      resolve: () => {
        ran.push('broken');
        throw new Error('connect postgres://hub:hunter2@10.0.0.1/db');
      },
    }),
  );
  builder.queryField('slow', (t) =>
    t.string({
      description: 'Answers when it is let.',
      resolve: async () => {
        ran.push('slow');
        await released;
        return 'at last';
      },
    }),
  );
  builder.mutationType({ description: 'Writes.' });
  builder.mutationField('write', (t) =>
    t.int({ description: 'Counts its calls.', resolve: () => note('write', ran.length + 1) }),
  );
  builder.objectRef<{ id: string }>('Thing').implement({
    description: 'An entity.',
    directives: { key: { fields: 'id' } },
    extensions: resolvable<ToyContext>(({ id }) => note('Thing', { id: String(id) })),
    fields: (t) => ({ id: t.exposeID('id', { description: 'Its id.' }) }),
  });
  const toy: Toy = {
    ran,
    up: true,
    closed: false,
    release: () => release(),
    subgraph: {
      name,
      ...toSubgraphSchema(builder),
      context: (viewer, requestId) => ({ viewer, requestId }),
      ready: async () => {
        if (!toy.up) throw new Error('no database');
      },
      close: async () => {
        toy.closed = true;
      },
    },
  };
  return toy;
}
