/** Quizzes and exercises where there are no forms: nbconvert's pages, GitHub, other editors. */
import { OPTION_LETTERS } from './format';
import type { ExercisePayload, QuizPayload } from './format';

// `<details>` is the one way to fold that Markdown has; JupyterLab and GitHub let it through.
const folded = (summary: string, text: string): string =>
  `<details><summary>${summary}</summary>\n\n${text}\n\n</details>`;

export function quizMarkdown({ title, questions }: QuizPayload): string {
  const asked = questions.map(({ text, options, several }, i) =>
    [
      `**${i + 1}.** ${text}${several ? ' *(All that apply.)*' : ''}`,
      options.map((option, j) => `- **${OPTION_LETTERS[j]}** ${option}`).join('\n')
    ].join('\n\n')
  );
  const answers = questions.map(({ correct, explanation }, i) => {
    const letters = correct.map(place => OPTION_LETTERS[place]).join(', ') || 'none';
    return `${i + 1}. **${letters}**: ${explanation}`;
  });
  return [`### ${title}`, ...asked, folded('Answers', answers.join('\n'))].join('\n\n');
}

export function exerciseMarkdown({ title, task, hints, solution }: ExercisePayload): string {
  return [
    `### ${title}`,
    task,
    ...hints.map((hint, i) => folded(`Hint ${i + 1}`, hint)),
    folded('Solution', solution)
  ].join('\n\n');
}
