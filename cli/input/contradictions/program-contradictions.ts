/** Contradictions about the programs of a topology file, and users without any request. */
import { didYouMean, type Issue, issue } from '../bad-input.ts';
import type { TopologyFile } from '../topology-schema.ts';

/** Tasks of an unknown user. */
export function* unknownIdentities({ users, programs }: TopologyFile): Iterable<Issue> {
  const names = users.map(({ name }) => name);
  for (const [i, { tasks }] of programs.entries())
    for (const [j, task] of tasks.entries())
      for (const field of ['credentials', 'ambientIdentity', 'proxyCredentials'] as const) {
        const name = task[field];
        if (name === undefined || names.includes(name)) continue;
        const are = names.length === 1 ? 'the only user is' : 'the users are';
        yield issue(
          ['programs', i, 'tasks', j, field],
          `no user is named "${name}"; ${are} ${names.join(', ')}${didYouMean(name, names)}`,
        );
      }
}

/** Users who visit no host, in a topology without programs. */
export function* idleUsers({ users, programs }: TopologyFile): Iterable<Issue> {
  if (programs.length > 0) return;
  for (const [i, { name, visits }] of users.entries()) {
    if (visits?.length !== 0) continue;
    const what = `"${name}" visits no host, and no program makes requests for "${name}"`;
    yield issue(['users', i, 'visits'], `${what}; add a host to visit, or leave the user out`);
  }
}
