/** Canonical text for plain data, and for the snapshots of machines that keep nothing else. */
import type { AnyMachineSnapshot } from 'xstate';

/**
 * Two values have equal keys exactly when they are equal. The order of fields does not matter; the
 * order of elements does. `-0` differs from `0`, because a guard that divides by it can tell.
 *
 * @param name - the value's name in an error, before the path of the offending field.
 * @throws TypeError for what is not plain data: nothing but null, booleans, finite numbers,
 *   strings, and arrays and plain objects of these, without holes, symbols or cycles.
 */
export function stateKey(value: unknown, name = 'value'): string {
  return quickKeyOf(value, 0) ?? keyOf(value, name, []);
}

/** The keys of objects that `deepFreeze` has frozen; null: not computed yet. */
const frozen = new WeakMap<object, string | null>();

/** Freezes data that `stateKey` has checked to be plain, so that its key is computed only once. */
export function deepFreeze<Value>(value: Value): Value {
  if (typeof value !== 'object' || value === null || frozen.has(value)) return value;
  for (const field of Object.values(value)) deepFreeze(field);
  frozen.set(value, null);
  return Object.freeze(value);
}

/**
 * Two snapshots of one machine have equal keys exactly when no event and no property can tell them
 * apart. History counts: snapshots that differ in it may react differently to one event.
 */
export function snapshotKey(snapshot: AnyMachineSnapshot): string {
  const { value, context, status, output, historyValue } = snapshot;
  const history = Object.entries(historyValue).map(([id, nodes]) => [id, nodes.map((n) => n.id)]);
  const ended = output === undefined ? {} : { output };
  const parts = { value, context, status, history: Object.fromEntries(history), ...ended };
  return stateKey(parts, 'snapshot');
}

const NESTED_MAX = 64;

/** Null: not plain data, or nested too deep. `keyOf` then finds out which. */
function quickKeyOf(value: unknown, depth: number): string | null {
  if (typeof value === 'string') return JSON.stringify(value);
  if (value === null || value === true || value === false) return String(value);
  if (typeof value === 'number') return numberKey(value);
  if (typeof value !== 'object' || depth > NESTED_MAX) return null;
  const known = frozen.get(value);
  if (typeof known === 'string') return known;
  const key = Array.isArray(value) ? quickArrayKey(value, depth) : quickObjectKey(value, depth);
  if (known === null && key !== null) frozen.set(value, key);
  return key;
}

function quickArrayKey(value: readonly unknown[], depth: number): string | null {
  if (Reflect.ownKeys(value).length !== value.length + 1) return null;
  let text = '';
  for (const element of value) {
    const key = quickKeyOf(element, depth + 1);
    if (key === null) return null;
    text += text === '' ? key : `,${key}`;
  }
  return `[${text}]`;
}

function quickObjectKey(value: object, depth: number): string | null {
  if (Object.getPrototypeOf(value) !== Object.prototype) return null;
  const names = Object.keys(value);
  if (Reflect.ownKeys(value).length !== names.length) return null;
  let text = '';
  for (const name of names.sort()) {
    const key = quickKeyOf((value as Record<string, unknown>)[name], depth + 1);
    if (key === null) return null;
    text += `${text === '' ? '' : ','}${JSON.stringify(name)}:${key}`;
  }
  return `{${text}}`;
}

function numberKey(value: number): string | null {
  if (!Number.isFinite(value)) return null;
  return Object.is(value, -0) ? '-0' : String(value);
}

function keyOf(value: unknown, path: string, around: readonly object[]): string {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') {
    return JSON.stringify(value);
  }
  if (typeof value === 'number') {
    const key = numberKey(value);
    if (key !== null) return key;
  }
  if (typeof value !== 'object') throw notPlain(path, value);
  if (around.includes(value)) throw new TypeError(`${path} must be plain data, found a cycle`);
  const inside = [...around, value];
  const names = Reflect.ownKeys(value);
  if (Array.isArray(value) && names.length === value.length + 1) {
    return `[${value.map((element, i) => keyOf(element, `${path}[${i}]`, inside)).join(',')}]`;
  }
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  if (Object.getPrototypeOf(value) !== Object.prototype || names.length !== fields.length) {
    throw notPlain(path, value);
  }
  const text = ([field, content]: [string, unknown]) =>
    `${JSON.stringify(field)}:${keyOf(content, `${path}.${field}`, inside)}`;
  return `{${fields.map(text).join(',')}}`;
}

function notPlain(path: string, found: unknown): TypeError {
  return new TypeError(`${path} must be plain data, found ${nameOf(found)}`);
}

function nameOf(found: unknown): string {
  if (typeof found === 'function') return 'a function';
  if (typeof found !== 'object' || found === null) return String(found);
  const maker: unknown = Object.getPrototypeOf(found)?.constructor;
  if (Array.isArray(found)) return 'an array with holes or named fields';
  if (maker === Object) return 'an object with symbols or hidden fields';
  return typeof maker === 'function' ? `an instance of ${maker.name}` : 'an object of no class';
}
