/** Addresses, and free ports. */
import { connect, createServer } from 'node:net';
import { LabError } from './run-command.ts';

export type Address = { readonly host: string; readonly port: number };

export const originOf = ({ host, port }: Address): string => `http://${host}:${port}`;

const CONNECT_MILLISECONDS = 1_000;

/** Whether the address accepts a connection. */
export function isListening(address: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ ...address, timeout: CONNECT_MILLISECONDS });
    const answer = (is: boolean) => () => {
      socket.destroy();
      resolve(is);
    };
    socket
      .once('connect', answer(true))
      .once('error', answer(false))
      .once('timeout', answer(false));
  });
}

/**
 * A free port of `host`. It is not reserved: another program may take it first.
 *
 * @throws LabError if this machine does not have the address.
 */
export function freePort(host: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error) =>
      reject(new LabError(`${host} is no address to listen at here: ${error.message}`)),
    );
    server.listen(0, host, () => {
      const bound = server.address();
      server.close(() => resolve(typeof bound === 'object' && bound !== null ? bound.port : 0));
    });
  });
}

/** The same as an address. */
export const freeAddress = async (host: string): Promise<Address> => ({
  host,
  port: await freePort(host),
});
