/** Reads the server and the account from the options. A wrong option is a `BadInput`. */
import type { Account } from '../../../conformance/codec/initiate.ts';
import type { Target } from '../../../conformance/drive/target.ts';
import { BadInput, shown } from '../../input/bad-input.ts';

export type TargetOptions = {
  readonly server: string;
  readonly user: string;
  readonly proxy?: string | undefined;
  readonly identityHeader?: string | undefined;
};

/** @throws BadInput */
export function targetOf(options: TargetOptions, password: string): Target {
  const { server, proxy, user, identityHeader } = options;
  const url = urlOf('--server', server);
  if (proxy !== undefined && url.protocol !== 'http:')
    throw new BadInput(
      '--server: with --proxy it must begin with http://; tunnels are not supported',
    );
  if (identityHeader !== undefined && !/^[!#$%&'*+.^_`|~\w-]+$/.test(identityHeader))
    throw new BadInput(`--identity-header: ${shown(identityHeader)} is not a header name`);
  return {
    origin: url.origin,
    path: `${url.pathname}${url.search}`,
    proxy: proxy === undefined ? null : proxyOf(proxy),
    accounts: { right: accountOf(user, password), other: null },
    identityHeader: identityHeader ?? null,
    ca: null,
  };
}

function proxyOf(text: string): string {
  const { origin, pathname, search } = urlOf('--proxy', text);
  if (pathname !== '/' || search !== '')
    throw new BadInput('--proxy: must be a URL without a path, such as http://proxy.example:3128');
  return origin;
}

/** The messages do not repeat the URL, which may contain a password. */
function urlOf(option: string, text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !['http:', 'https:'].includes(url.protocol))
    throw new BadInput(
      `${option}: must be a URL that begins with http:// or https://, such as http://server.example/page`,
    );
  if (url.username !== '' || url.password !== '')
    throw new BadInput(`${option}: must not contain a user or a password; use --user`);
  if (url.hash !== '') throw new BadInput(`${option}: must not have a fragment ("#...")`);
  return url;
}

const NAME_MAX = 256;

/** @param text - "DOMAIN\\user" or "user". */
export function accountOf(text: string, password: string): Account {
  const parts = text.split('\\');
  const [domain, user] = parts.length === 1 ? ['', text] : parts;
  const isName = user !== undefined && /^[^\p{Cc}:@]+$/u.test(user);
  if (parts.length > 2 || domain === undefined || !isName || text.length > NAME_MAX)
    throw new BadInput(
      `--user: found ${shown(text)}; it must be a name, such as DOMAIN\\user or user`,
    );
  return { user, domain, password };
}
