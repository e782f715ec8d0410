/** What most monitors share: each watches one connection, and tells its claims from the others'. */
import type { ConnectionName } from '../../machines/terms.ts';

export type Here = { readonly connection: ConnectionName };

export const isHere = ({ context }: { readonly context: Here }, { connection }: Here): boolean =>
  connection === context.connection;
