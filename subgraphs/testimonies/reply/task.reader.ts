import { rowLoader } from '../../../kernel/loader.ts';
import type { Agent } from '../../../kernel/postgres/agent.ts';
import type { TestimoniesDatabase } from '../tables.ts';
import { type TaskRow, tasksById } from './task.query.ts';

/**
 * What structures owe, as far as row-level security lets the viewer see it.
 * @param today ISO date: what is late
 */
export function taskReader(agent: Agent<TestimoniesDatabase>, today: string) {
  const read = (ids: readonly string[]): Promise<TaskRow[]> => agent((trx) => tasksById(trx, today, ids));
  return {
    /** As it is now: commands of one request see what those before them wrote. */
    readTask: async (id: string): Promise<TaskRow | null> => (await read([id]))[0] ?? null,
    loader: rowLoader(
      read,
      (id: string) => id,
      ({ id }) => id,
    ),
  };
}
