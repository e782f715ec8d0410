/** What the credentials of Basic say: a user, and whose password it is. @source RFC 7617 2 */
import type { Credential } from '../../machines/vocabulary/terms.ts';
import { decodeBasic } from '../http/basic.ts';
import { HeaderError } from '../http/errors.ts';
import { fromOwn, NOBODYS, type Secrets } from './issued.ts';
import { userNamed } from './user-names.ts';

/** One reading where the user's password is known; else two, the right one first. */
export function readBasic(token: string, secrets: Secrets): readonly Credential[] {
  const decoded = decodedBasic(token);
  if (decoded === null) return [{ user: '', secret: NOBODYS }];
  const user = userNamed(decoded.user);
  const owner = fromOwn(secrets, user).find(([, password]) => password === decoded.password);
  if (owner !== undefined) return [{ user, secret: { passwordOf: owner[0] } }];
  const wrong = { user, secret: NOBODYS };
  return secrets.has(user) ? [wrong] : [{ user, secret: { passwordOf: user } }, wrong];
}

function decodedBasic(token: string) {
  try {
    return decodeBasic(token);
  } catch (error) {
    if (error instanceof HeaderError) return null;
    throw error;
  }
}
