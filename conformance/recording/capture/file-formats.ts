/**
 * Formats of files, by their first bytes: the captures that tshark reads, and formats that people
 * have recordings in and that cannot be read here.
 *
 * @source pcapng (draft-ietf-opsawg-pcapng) 4.1; pcap (draft-ietf-opsawg-pcap) 4; RFC 1952 2.3.1
 *   (gzip); Wireshark 4.0, wiretap/ (the first bytes of all other captures)
 */

const CAPTURES: readonly string[] = [
  '0a0d0d0a', // pcapng
  'd4c3b2a1', // pcap, and with the other byte order
  'a1b2c3d4',
  '4d3cb2a1', // pcap with nanoseconds
  'a1b23c4d',
  '34cdb2a1', // pcap, modified
  'a1b2cd34',
  '736e6f6f70000000', // snoop
  '52545353', // Network Monitor 1
  '474d4255', // Network Monitor 2
  '5452534e494646206461746120202020', // Sniffer (DOS)
  '58435000', // NetXray, Sniffer (Windows)
  '01104c0001055472616365204469', // LANalyzer
  '54520064', // HP-UX nettl
  '5452ff', // the same, older
  '05564e46', // Visual Networks
  'aaaaaaaa', // InfoVista 5View
  '69707472616365', // AIX iptrace
];

const OTHERS: readonly (readonly [magic: string, name: string])[] = [
  ['504b0304', 'a ZIP archive (as the sessions of Fiddler, .saz, are): export them as HTTPArchive'],
  ['28b52ffd', 'compressed by zstd: unpack it first'],
  ['fd377a585a00', 'compressed by xz: unpack it first'],
  ['425a68', 'compressed by bzip2: unpack it first'],
  ['04224d18', 'compressed by lz4: unpack it first'],
  ['377abcaf271c', 'a 7z archive: unpack it first'],
  ['456c6646696c65', 'a Windows event log (.evtx), which has no messages of HTTP'],
  ['4f62736572766572506b74', 'a capture of Viavi Observer: save it as pcapng'],
  ['7f766572', 'a capture of EtherPeek: save it as pcapng'],
  ['d0cf11e0', 'a document of Microsoft Office'],
  ['25504446', 'a PDF document'],
];

const startsWith = (bytes: Uint8Array, magic: string): boolean =>
  Buffer.from(bytes.subarray(0, magic.length / 2)).toString('hex') === magic;

export const isCapture = (bytes: Uint8Array): boolean =>
  CAPTURES.some((magic) => startsWith(bytes, magic));

export const isGzip = (bytes: Uint8Array): boolean => startsWith(bytes, '1f8b');

/** The name of a known format that is not read, with the way out. Null: it is none of them. */
export const unreadFormat = (bytes: Uint8Array): string | null =>
  OTHERS.find(([magic]) => startsWith(bytes, magic))?.[1] ?? null;
