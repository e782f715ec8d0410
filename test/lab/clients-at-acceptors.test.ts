/** Clients and acceptors that others wrote, each with each: who gets in, and who does not. */
import { readFileSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Account } from '../../conformance/codec/initiate.ts';
import type { Client } from '../../lab/clients/client.ts';
import { ACCEPTORS, CLIENTS } from '../../lab/everything.ts';
import type { Started } from '../../lab/started.ts';
import { describeInLab } from './support/in-lab.ts';

const PINNED = '../../conformance/clients-at-acceptors.json';
const NEEDS = CLIENTS.flatMap(({ needs }) => needs);

/** Of clients that have no proxy to be told of, none is asked at one. */
const ORIGINS = ACCEPTORS.filter(({ name }) => name !== 'squid');

/** By acceptor and client: the status for the right password, and for a wrong one. */
const table: Record<string, Record<string, string>> = {};

for (const acceptor of ORIGINS)
  describeInLab(acceptor.name, [...acceptor.needs, ...NEEDS], (lab) => {
    let started: Started;
    beforeAll(async () => {
      started = await acceptor.start(lab());
    });

    it('is visited by every client', async () => {
      const isBasic = acceptor.policy === null;
      const row: Record<string, string> = {};
      for (const client of CLIENTS) row[client.name] = await visits(client, started, isBasic);
      table[acceptor.name] = row;
      await started.stop();
    });
  });

/** Basic knows no domains: there the account has none. */
async function visits(client: Client, { target }: Started, isBasic: boolean): Promise<string> {
  const { origin, path, accounts } = target;
  const account = { ...accounts.right, ...(isBasic ? { domain: '' } : {}) };
  const status = async (typed: Account) => {
    const visit = { url: origin + path, user: 'alice', account: typed };
    const [outcome] = await client.run([visit]);
    return outcome?.status ?? 'error';
  };
  const right = await status(account);
  return `${right} / ${await status({ ...account, password: 'Mistyped9?' })}`;
}

describe('the table', () => {
  it('is as it was measured', async () => {
    if (Object.keys(table).length === ORIGINS.length)
      await expect(`${JSON.stringify(table, null, 2)}\n`).toMatchFileSnapshot(PINNED);
    else {
      const pinned = JSON.parse(readFileSync(new URL(PINNED, import.meta.url), 'utf8'));
      expect(pinned).toMatchObject(table); // of those that are here
    }
  });
});
