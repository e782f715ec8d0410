/** Properties that make sense, of a kind, in every random system. */
import type { Property, Response, StateProperty } from '../../../checker/model/system.ts';

export const bothAlert: StateProperty = {
  kind: 'always',
  name: 'the first two are never alert at once',
  reads: ['c0', 'c1'],
  holds: (one, two) => !(one?.value === 'alert' && two?.value === 'alert'),
};
export const counts: StateProperty = {
  kind: 'sometimes',
  name: 'the second counts while the first is alert',
  reads: ['c1', 'c0'],
  holds: (second, first) => second?.context.count === 1 && first?.value === 'alert',
};
export const comesBack: StateProperty = {
  kind: 'reachable',
  name: 'both can still become calm',
  reads: ['c0', 'c1'],
  holds: (one, two) => one?.value === 'calm' && two?.value === 'calm',
};
export const calmsDown: Response = {
  kind: 'response',
  name: 'the first does not stay alert',
  reads: ['c0'],
  holds: (one) => one?.value !== 'alert',
  fairness: (component) => (component === 'c1' ? 'free' : 'weak'),
};

export const STATE_PROPERTIES = [bothAlert, counts, comesBack];
export const PROPERTIES: readonly Property[] = [...STATE_PROPERTIES, calmsDown];
