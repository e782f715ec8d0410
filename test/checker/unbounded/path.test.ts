import { describe, expect, it } from 'vitest';
import { Infeasible, Path, textTerm } from '../../../checker/unbounded/path.ts';

const YES = textTerm('yes');
const NO = textTerm('no');

describe('what a path knows of functions of names', () => {
  it('is the same of names that are the same, whichever is learned first', () => {
    const path = new Path();
    path.suppose('(owner a)', 'alice');
    path.suppose('a', 'b');
    expect(path.find('(owner b)')).toBe(path.find('alice'));
    path.suppose('c', 'd');
    path.suppose('(owner c)', '(owner a)');
    expect(path.find('(owner d)')).toBe(path.find('alice'));
    expect(path.conditions).toEqual([]); // nothing was open
  });

  it('makes the functions of two names one, when these turn out to be the same', () => {
    const path = new Path();
    path.suppose('(owner a)', 'alice');
    path.suppose('(owner b)', 'bob');
    expect(path.same('a', 'b')).toBe(true); // the first of two answers
    expect(path.find('alice')).toBe(path.find('bob'));
  });

  it('passes through functions of functions', () => {
    const path = new Path();
    path.suppose('(of (owner a))', YES);
    path.suppose('(owner a)', '(owner b)');
    expect(path.find('(of (owner b))')).toBe(YES);
  });

  it('keeps names apart whose functions differ', () => {
    const path = new Path();
    path.suppose('(isIts a)', YES);
    path.suppose('(isIts b)', NO);
    expect(path.differ('a', 'b')).toBe(true);
    expect(path.same('a', 'b')).toBe(false);
    expect(path.conditions).toEqual([]);
    expect(() => path.suppose('a', 'b')).toThrow(Infeasible);
  });

  it('does not keep them apart where one function is not known', () => {
    const path = new Path();
    path.suppose('(isIts a)', YES);
    expect(path.differ('a', 'b')).toBe(false);
    expect(path.differ('a', '(isIts a)')).toBe(false);
  });

  it('is of texts as of other names', () => {
    const path = new Path();
    path.suppose(`(isIts ${textTerm('zero')})`, YES);
    path.suppose('a', textTerm('zero'));
    expect(path.find('(isIts a)')).toBe(YES);
    path.suppose('(isIts b)', NO);
    expect(path.differ('b', textTerm('zero'))).toBe(true);
  });

  it('contradicts itself where one function would have two values', () => {
    const path = new Path();
    path.suppose('(isIts a)', YES);
    path.suppose('(isIts b)', NO);
    path.suppose('b', 'c');
    expect(() => path.suppose('c', 'a')).toThrow(Infeasible);
  });
});
