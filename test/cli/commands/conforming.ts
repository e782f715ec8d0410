/** Runs `double-hop conform` in this process, beside the server. */
import net from 'node:net';
import { type ConformOptions, conform } from '../../../cli/commands/conform/run-conform.ts';
import { ALICE } from '../../conformance/drive/serving.ts';
import { ioInto } from '../running.ts';

const OPTIONS: Omit<ConformOptions, 'server'> = {
  user: 'LAB\\alice',
  password: undefined,
  yesIMayTestThisServer: true,
  maxRequests: 200,
  rate: 1000,
  maxFailures: 4,
  policy: undefined,
  seed: 1,
  identityHeader: undefined,
  proxy: undefined,
  record: undefined,
  json: true,
};

/** @returns the exit code, and the lines that it printed. */
export async function conformed(
  server: string,
  options: Partial<ConformOptions> = {},
  env: NodeJS.ProcessEnv = { DOUBLE_HOP_PASSWORD: ALICE.password },
) {
  const lines: string[] = [];
  const progress: string[] = [];
  const io = {
    ...ioInto(lines),
    progress: (line: string | ((columns: number) => string)) =>
      progress.push(typeof line === 'string' ? line : line(80)),
  };
  const { stdin, stderr } = process;
  const terminal = { env, stdin, stderr, once: () => process, off: () => process };
  const exit = await conform({ ...OPTIONS, server, ...options }, io, terminal as never);
  return { exit, text: lines.join('\n'), progress };
}

/** A server that sends the same text to every connection. */
export async function answering(
  said: string,
  then: (origin: string) => Promise<void>,
): Promise<void> {
  const server = net.createServer((socket) => {
    socket.on('error', () => {});
    socket.once('data', () => socket.write(said));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    await then(`http://127.0.0.1:${(server.address() as net.AddressInfo).port}`);
  } finally {
    server.close();
  }
}
