import fc from 'fast-check';
import { parseTopology } from '../cli/input/topology-data.ts';
import { it } from 'vitest';
import { THEOREMS } from '../properties/unbounded/theorems.ts';
import { DEPLOYMENTS } from '../properties/deployments/deployments.ts';
import { FILES, drawn, isMeant } from './properties/unbounded/support/classes.ts';
it.each(['ntlm', 'ntlm-varied', 'redirects', 'pools'])('%s', (id) => {
  const tally = new Map<string, number>();
  for (const data of fc.sample(FILES[id]!, { seed: 3, numRuns: 200 })) {
    const { topology, issues } = parseTopology(data, 'random');
    for (const { message } of topology ? [] : issues) tally.set(message, (tally.get(message) ?? 0) + 1);
  }
  console.log('|', id, [...tally].sort((a, b) => b[1] - a[1]).slice(0, 9).map((x) => `\n| ${x}`).join(''));
});
it('x', () => {
  for (const t of THEOREMS) {
    const d = drawn(t, 200);
    console.log('|', t.claim.id, t.network.id, d.length, DEPLOYMENTS.filter((x) => isMeant(t, x)).length, new Set(d.map((x) => x.hosts.length)), d.filter((x) => x.users.some((u) => u.at)).length, d.filter((x) => x.hosts.some((u) => u.certificate)).length);
  }
});
