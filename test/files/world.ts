import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { testDatabase } from '../kit/database.ts';
import { seedDirectory } from '../kit/directory.ts';
import { ask, type HubMode, startHub } from '../kit/hub.ts';
import { createKey } from '../kit/keys.ts';

/** Largest file that the hub of these tests takes, in bytes. */
export const LIMIT = 100_000;

const REPORT = `mutation ($input: ReportDocumentInput!) {
  reportDocument(input: $input) { receipt { id status receivedOn } userErrors { code path } }
}`;

export interface Reported {
  reportDocument: {
    receipt: { id: string; status: string; receivedOn: string } | null;
    userErrors: { code: string; path: string[] }[];
  };
}

/** A hub with a small directory, its keys, and a folder of its own for files; closed with the test file. */
export async function filesWorld(mode: HubMode, settings: Readonly<Record<string, string>> = {}) {
  const database = await testDatabase();
  await seedDirectory(database);
  const data = await mkdtemp(join(tmpdir(), 'hub-files-'));
  afterAll(() => rm(data, { recursive: true, force: true }));
  const hub = await startHub(database.url, {
    mode,
    settings: { HUB_DATA_DIR: data, HUB_FILE_LIMIT: String(LIMIT), ...settings },
    gateway: { fileLimit: LIMIT },
  });
  const caf = { network: 'NET-caf' };
  const keyOf = (wanted: Parameters<typeof createKey>[1]) => createKey(database.url, wanted);
  const keys = {
    partner: await keyOf({ role: 'PUBLIC' }),
    other: await keyOf({ role: 'PUBLIC' }),
    analyst: await keyOf({ role: 'ANALYST' }),
    headquarters: await keyOf({ role: 'NETWORK_HQ', ...caf }),
    superAgent: await keyOf({ role: 'SUPER_AGENT', ...caf }),
    elsewhere: await keyOf({ role: 'NETWORK_HQ', network: 'NET-france-travail' }),
    arras: await keyOf({ role: 'LOCAL_REFERENT', ...caf, structure: 'STR-caf-62' }),
    paris: await keyOf({ role: 'LOCAL_REFERENT', ...caf, structure: 'STR-caf-75' }),
    moderator: await keyOf({ role: 'MODERATOR' }),
    ditp: await keyOf({ role: 'DITP' }),
  };
  /** Sends a body as a file; the answer's body is JSON whatever happens. */
  const put = async (body: BodyInit, key: string | undefined, headers: Record<string, string> = {}) => {
    const response = await fetch(`${hub.url}/files`, {
      method: 'PUT',
      headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers },
      body,
      duplex: 'half',
    } as RequestInit);
    return { status: response.status, headers: response.headers, body: await response.json() };
  };
  const get = (id: string, key: string | undefined, headers: Record<string, string> = {}) =>
    fetch(`${hub.url}/files/${id}`, {
      headers: { ...(key !== undefined && { authorization: `Bearer ${key}` }), ...headers },
    });
  const report = (input: Record<string, unknown>, key: string | undefined) =>
    ask<Reported>(
      hub.url,
      REPORT,
      {
        input: {
          idempotencyKey: randomUUID(),
          network: 'NET-caf',
          kind: 'LETTER',
          problems: ['JARGON'],
          ...input,
        },
      },
      { key },
    );
  return { database, hub, keys, data, put, get, report };
}
