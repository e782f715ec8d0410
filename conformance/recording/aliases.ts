/** Aliases for names: one for each name in a recording, without any part of the name. */
export type Aliases = {
  /** "LAB\Alice" and "alice" are one user, as they are to the model. */
  readonly user: (name: string) => string;
  /** NetBIOS names and other plain names. */
  readonly name: (name: string) => string;
  readonly host: (name: string) => string;
  /** The URL with another host and path, and without user, query and fragment. */
  readonly url: (url: string) => string;
  /** Path and query, or a whole URL. The query goes. */
  readonly target: (target: string) => string;
  readonly connection: (id: string) => string;
  readonly client: (name: string) => string;
  /** `length` bytes for these bytes. Zeros mean an absent value and stay zeros. */
  readonly bytes: (bytes: Uint8Array) => Uint8Array;
};

export function aliases(): Aliases {
  const numbered = () => {
    const known = new Map<string, number>();
    return (key: string): number => {
      const number = known.get(key) ?? known.size + 1;
      known.set(key, number);
      return number;
    };
  };
  const [users, names, hosts, paths] = [numbered(), numbered(), numbered(), numbered()];
  const [connections, clients, blobs] = [numbered(), numbered(), numbered()];

  const name = (text: string) => (text === '' ? '' : `NAME${names(text.toLowerCase())}`);
  const host = (text: string) => (text === '' ? '' : `host${hosts(text.toLowerCase())}.example`);
  const path = (text: string) => `/path${paths(text)}`;

  const url = (text: string) => {
    if (!URL.canParse(text)) return path(text);
    const { protocol, hostname, port, pathname } = new URL(text);
    if (!/^https?:$/.test(protocol)) return 'other:redacted';
    return `${protocol}//${host(hostname)}${port === '' ? '' : `:${port}`}${path(pathname)}`;
  };

  return {
    user: (text) => {
      const bare = text.slice(text.lastIndexOf('\\') + 1).toLowerCase();
      const at = bare.lastIndexOf('@');
      if (bare === '') return '';
      return at <= 0
        ? `user${users(bare)}`
        : `user${users(bare.slice(0, at))}@${host(bare.slice(at + 1))}`;
    },
    name,
    host,
    url,
    target: (text) =>
      /^[a-z][a-z0-9+.-]*:\/\//i.test(text) ? url(text) : path(text.replace(/[?#].*$/s, '')),
    connection: (id) => `c${connections(id)}`,
    client: (text) => `client${clients(text)}`,
    bytes: (bytes) => {
      if (bytes.every((byte) => byte === 0)) return new Uint8Array(bytes.length);
      const number = blobs(Buffer.from(bytes).toString('hex'));
      const alias = new Uint8Array(Math.max(bytes.length, 4));
      new DataView(alias.buffer).setUint32(0, number);
      return alias.subarray(0, bytes.length);
    },
  };
}
