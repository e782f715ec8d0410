/** The commands that the page of the attacks prints. */
import { expect, it } from 'vitest';
import { attacksTable, commandOf } from '../../../cli/pages/attacks-page.ts';
import { SHIPPED } from '../../../properties/deployments/shipped.ts';
import { ATTACKS } from '../../../properties/faults/attacks/attacks.ts';
import { GOLDENS } from '../../support/goldens.ts';

it('commands name a shipped topology, or the fault of the attack', () => {
  const commands = ATTACKS.flatMap((attack) => commandOf(attack) ?? []);
  expect(commands).toContain(
    'npx double-hop trace own-challenge-only --fault challenge-not-compared',
  );
  const files = SHIPPED.map(({ name }) => `topologies/${name}.yaml`);
  for (const command of commands.filter((each) => each.includes('topologies/')))
    expect(files).toContain(command.split(' ').at(-1));
});

it('the README has a command for each attack that it names', () => {
  const rows = attacksTable(GOLDENS).split('\n').slice(2);
  expect(rows).toHaveLength(5);
  for (const row of rows) expect(row).toMatch(/`npx double-hop trace [a-z-]+ \S+( \S+)?` \|$/);
});
