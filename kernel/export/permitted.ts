import { HubError } from '../errors.ts';
import { hasScope, isEverywhere, type Viewer } from '../viewer.ts';
import type { ExportSet } from './set.ts';

/**
 * Who may export: whoever has the scope `exports:read`, what the role reaches. Everything in an export is published;
 * what asks for the scope is to take it all at once.
 *
 * @returns the network that the viewer is held to, null for all
 * @throws HubError UNAUTHENTICATED, FORBIDDEN; FORBIDDEN for a network out of reach, known or not
 */
export function mayExport(viewer: Viewer, set: ExportSet, parameters: URLSearchParams): string | null {
  if (!hasScope(viewer, 'exports:read')) {
    throw viewer.subject === null
      ? new HubError('UNAUTHENTICATED', 'Exports need a key or a token.')
      : new HubError('FORBIDDEN', 'Your role may not export.');
  }
  if (isEverywhere(viewer)) return null;
  const { network } = viewer;
  const asked = parameters.getAll(set.networkFilter).flatMap((value) => value.split(','));
  if (network === null || asked.some((id) => id !== network))
    throw new HubError('FORBIDDEN', 'Your role exports its own network only.');
  return network;
}
