/** Cells that a reader may insert. They use the learner's own variables where their names are known, and say so where not. */
import type { TrialTable } from 'tunelab/dist/figures/study/table';
import { outcomeOf } from 'tunelab/dist/figures/study/hover';
import { objectOf } from './groups';
import { isVariable, literal } from './literal';
import { scaleCode } from './scales';
import type { Range } from './scales';
import { configCode } from './values';

/** Trials that the cell of a narrowed search makes. */
const TRIALS = 20;

/** What the cells themselves declare or import. */
const TAKEN = ['scales', 'study', 'space'];

function variablesOf({ variables = {} }: TrialTable): { study?: string; objective?: string } {
  const usable = (name: string | undefined) => isVariable(name) && !TAKEN.includes(name);
  return {
    ...(usable(variables.study) && { study: variables.study }),
    ...(usable(variables.objective) && { objective: variables.objective })
  };
}

const nameOf = ({ study }: TrialTable): string => literal(study.slice(0, 80));

/** Commented lines cannot end in code: texts in them are literals of one line. */
const comment = (line: string): string => `// ${line}`;

/** A cell that trains a trial's configuration once more. */
export function trainAgainCell(table: TrialTable, row: number): string {
  const { study, objective } = variablesOf(table);
  const outcome = literal(outcomeOf(table, {}, row).slice(0, 80)).slice(1, -1);
  const title = comment(`Trial ${table.number[row]} of ${nameOf(table)} (${outcome}) once more.`);
  const config = configCode(table, row);
  if (study && objective) {
    return [
      title,
      `await ${study}.enqueue(${config});`,
      `await ${study}.optimize(${objective}, { trials: 1 });`
    ].join('\n');
  }
  return [
    title,
    `const config = ${config};`,
    comment(
      'This figure does not know what you call the study and its objective: put your names in.'
    ),
    comment(`await ${study ?? 'search'}.enqueue(config);`),
    comment(`await ${study ?? 'search'}.optimize(${objective ?? 'objective'}, { trials: 1 });`)
  ].join('\n');
}

/** `refined`, or what follows it where the study that is refined has that name. */
function nextName(study: string | undefined): string {
  const found = /^refined(\d{0,6})$/.exec(study ?? '');
  return found ? `refined${Number(found[1] || 1) + 1}` : 'refined';
}

function directionCode({ directions }: TrialTable): string[] {
  if (directions.length > 1) {
    return [`directions: [${directions.map(literal).join(', ')}]`];
  }
  return directions[0] === 'maximize' ? [`direction: 'maximize'`] : [];
}

/**
 * A cell that searches a part of the space.
 * @param ranges what is left of hyperparameters, by name, in own units; of those that are not named all is
 * @param selected how many trials lie there
 */
export function refineCell(
  table: TrialTable,
  ranges: ReadonlyMap<string, Range>,
  selected: number
): string {
  const { study, objective } = variablesOf(table);
  const written = table.hyperparameters.map(
    column => [column.name, scaleCode(column, ranges.get(column.name))] as const
  );
  const remarks = written.flatMap(([name, scale]) => {
    const remark = scale ? scale.remark : 'is left out: this figure does not know its scale';
    return remark ? [comment(`${literal(name)} ${remark}.`)] : [];
  });
  const space = objectOf(written.map(([name, scale]) => [name, scale?.code] as const));
  const refined = nextName(study);
  const settings = ['space', ...directionCode(table)].join(', ');
  const search = `await ${refined}.optimize(${objective ?? 'objective'}, { trials: ${TRIALS} });`;
  return [
    comment(
      `Refined from ${nameOf(table)}: ${selected} of its ${table.length} trials lie in this space.`
    ),
    `import { scales, study } from 'tunelab';`,
    '',
    ...remarks,
    `const space = ${space};`,
    `const ${refined} = study({ ${settings} });`,
    ...(objective
      ? [search, refined]
      : [
          comment('This figure does not know what you call the objective: put its name in.'),
          comment(search)
        ])
  ].join('\n');
}
