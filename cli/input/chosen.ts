/** The subject of a command that shows things: perhaps of one mechanism, or with a mistake. */
import type { Mechanism } from '../../machines/system/topology.ts';
import { BadInput } from './bad-input.ts';
import { faultOf, type Subject, subjectOf } from './subject.ts';

export type Choice = {
  readonly with?: Mechanism | undefined; // of those the topology compares. Undefined: all
  readonly fault: string | undefined; // a mistake's id
};

/**
 * @param path - a topology file. Undefined: where the mistake shows, or else the article's.
 * @throws BadInput for a file, a mechanism or a mistake that is not what it should be.
 */
export function chosenSubject(path: string | undefined, choice: Choice): Subject {
  const { with: mechanism, fault } = choice;
  const faulty = path === undefined ? faultOf(fault) : undefined;
  const subject = subjectOf(path);
  if (faulty !== undefined) {
    const { deployment } = faulty;
    const topology = { ...subject.topology, name: deployment.name };
    return { ...subject, topology, deployments: [deployment] };
  }
  if (mechanism === undefined) return subject;
  const { compare, name } = subject.topology;
  const index = compare.indexOf(mechanism);
  if (index < 0) throw new BadInput(`--with ${mechanism}: ${name} does not compare mechanisms`);
  return { ...subject, deployments: subject.deployments.slice(index, index + 1) };
}
