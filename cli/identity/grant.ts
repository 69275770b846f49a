import { networkExists, networkOfStructure } from '../../gateway/identity/directory.query.ts';
import { type Grant, misfit } from '../../gateway/identity/grant.ts';
import type { GatewayDatabase, GatewayDb } from '../../gateway/identity/tables.ts';
import type { Config } from '../../kernel/config.ts';
import { badInput, HubError } from '../../kernel/errors.ts';
import { connect } from '../../kernel/postgres/database.ts';
import type { ViewerRole } from '../../kernel/viewer.ts';
import { withDatabase } from '../database.ts';

/** Role, network and structure as they were typed. */
export interface GrantFlags {
  role: ViewerRole;
  network?: string;
  structure?: string;
}

/**
 * The grant that is asked for; the network of a structure comes from the directory.
 *
 * @throws BAD_USER_INPUT when role, network and structure do not fit together, or are not in the directory.
 */
export async function resolveGrant(db: GatewayDb, flags: GrantFlags): Promise<Grant> {
  const { role, network = null, structure = null } = flags;
  const wrong = misfit({ role, network, structure });
  if (wrong !== null) throw badInput(wrong);
  if (structure !== null) return { role, network: await networkOf(db, structure, network), structure };
  if (network !== null && !(await networkExists(db, network)))
    throw badInput(`The directory knows no network ${network}.`);
  return { role, network, structure };
}

async function networkOf(db: GatewayDb, structure: string, said: string | null): Promise<string> {
  const network = await networkOfStructure(db, structure);
  if (network === null) throw badInput(`The directory knows no structure ${structure}.`);
  if (said !== null && said !== network)
    throw badInput(`${structure} belongs to ${network}, not to ${said}.`);
  return network;
}

/** `NETWORK_HQ of NET-caf`, as lists and messages tell it. */
export function grantText({ role, network, structure }: Grant): string {
  const place = structure ?? network;
  return place === null ? role : `${role} of ${place}`;
}

/** An instant to the second, in UTC. */
export const instantText = (instant: Date) => `${instant.toISOString().slice(0, 19)}Z`;

/**
 * Runs a verb as the owner of keys and members. Says a refusal on standard error and sets the exit code 1; other
 * failures are for the entry of the command line.
 */
export async function asOwner(config: Config, work: (db: GatewayDb) => Promise<void>): Promise<void> {
  await withDatabase(config, async (url) => {
    const db = connect<GatewayDatabase>(url, 'gateway', 'owner', { max: 1 });
    try {
      await work(db);
    } catch (error) {
      if (!(error instanceof HubError)) throw error;
      process.stderr.write(`${error.code}: ${error.message}\n`);
      process.exitCode = 1;
    } finally {
      await db.destroy();
    }
  });
}
