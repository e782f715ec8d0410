/** Many models in one text, so that SPIN and a compiler are run once for all of them. */
import { TYPES, tablesOf } from './c-tables.ts';
import { declared } from './names.ts';
import { CHECKING, declaredState, looping, stepping, taking, typeFor } from './pieces.ts';
import type { TabulatedModel } from './tabulated-model.ts';

/** The verifier checks the model whose number, from 0, is in the environment variable `MODEL`. */
export function promelaBatch(models: readonly TabulatedModel[]): string {
  const max = (of: (model: TabulatedModel) => number) => Math.max(...models.map(of));
  const width = max(({ components }) => components.length);
  const names = Array.from({ length: width }, (_, i) => `at_${i}`);
  const variables = names.map((name, i) => {
    const states = max(({ components }) => components[i]?.states.length ?? 0);
    return `${typeFor(states)} ${name};`;
  });
  const options = Array.from({ length: max(({ offers }) => offers.length) }, (_, offer) =>
    taking(`HOP->offers_count > ${offer} && hop_enabled (${offer}, hop_at (${offer}))`, offer),
  );
  return [
    declared([TYPES, ...models.flatMap((model, i) => tablesOf(model, `hop_model_${i}`))]),
    declaredState(
      width,
      max(({ properties }) => properties.length),
      [
        `static const HopModel *const hop_models[] = { ${models.map((_, i) => `&hop_model_${i}`)} };`,
        'static const HopModel *HOP;',
        '__attribute__((constructor)) static void hop_choose(void) {',
        '  HOP = hop_models[atoi(getenv("MODEL"))];',
        '}',
        'static int hop_at(int offer);',
      ],
    ),
    ...variables,
    '',
    stepping(names, [
      'static int hop_at(int offer) {',
      '  switch (HOP->inputs[HOP->offers[offer]]->component) {',
      ...names.map((name, i) => `  case ${i}: return now.${name};`),
      '  }',
      '  return 0;',
      '}',
    ]),
    looping('steps', [CHECKING, ...options]),
  ].join('\n');
}
