import { statementChannel } from '../../kernel/postgres/database.ts';

export interface CountedStatements<T> {
  result: T;
  /** SQL texts sent through Kysely meanwhile, by any pool of this process. */
  statements: string[];
  /** BEGIN, COMMIT, ROLLBACK, savepoints and SET, which carry no work. */
  control: string[];
}

const CONTROL = /^\s*(begin|start transaction|commit|rollback|savepoint|release|set)\b/i;

/** Runs `work` and tells which statements it sent. */
export async function countStatements<T>(work: () => Promise<T>): Promise<CountedStatements<T>> {
  const statements: string[] = [];
  const control: string[] = [];
  const listen = (message: unknown) => {
    if (typeof message !== 'object' || message === null || !('text' in message)) return;
    const text = String(message.text);
    (CONTROL.test(text) ? control : statements).push(text);
  };
  statementChannel.subscribe(listen);
  try {
    return { result: await work(), statements, control };
  } finally {
    statementChannel.unsubscribe(listen);
  }
}
