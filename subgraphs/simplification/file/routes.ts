import type { FileSettings } from '../../../kernel/file-settings.ts';
import type { RawAccess } from '../../../kernel/graphql/open.ts';
import type { RawRoute } from '../../../kernel/raw/route.ts';
import type { SimplificationDatabase } from '../tables.ts';
import { deposit } from './deposit.ts';
import { handOut } from './hand-out.ts';
import { incomingOf, openStore } from './store/store.ts';

/** `PUT /files` and `GET /files/FILE-…`: what goes with reports. */
export function fileRoutes(
  access: RawAccess<SimplificationDatabase>,
  settings: FileSettings,
): readonly RawRoute[] {
  const store = openStore(settings);
  const incoming = incomingOf(settings);
  return [
    {
      method: 'PUT',
      path: '/files',
      bodyLimit: settings.limit,
      handle: (request) => deposit(request, { owner: access.owner, store, incoming }),
    },
    {
      method: 'GET',
      path: '/files/:id',
      bodyLimit: 0,
      handle: (request) => handOut(request, { access, store }),
    },
  ];
}
