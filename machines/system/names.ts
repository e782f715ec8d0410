/** What the components of a deployment are called. */
import type { ConnectionName } from '../vocabulary/terms.ts';
import type { Link } from './links.ts';

export const browserOf = ({ from, to }: Link) => `${from}@${to.name}`;
export const clientOf = (connection: ConnectionName) => `${connection}/client`;
export const wireOf = (connection: ConnectionName) => `${connection}/wire`;
export const serverOf = (connection: ConnectionName) => `${connection}/server`;
export const pageOf = (connection: ConnectionName) => `${connection}/page`;
