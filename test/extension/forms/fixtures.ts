/** A quiz, an exercise, and a renderer that stands in the page. */
import '../domGaps';
import { RenderMimeRegistry, standardRendererFactories } from '@jupyterlab/rendermime';
import { nullTranslator } from '@jupyterlab/translation';
import { Widget } from '@lumino/widgets';
import type { ExercisePayload, QuizPayload } from 'tunelab/dist/quiz/format';
import { Answers } from '../../../extension/forms/answers';
import { FormRenderer } from '../../../extension/forms/formRenderer';
import { modelOf } from '../fixtures';

export const QUIZ: QuizPayload = {
  kind: 'quiz',
  version: 1,
  id: 'softmax',
  title: 'Softmax',
  questions: [
    {
      id: 'sum',
      text: 'What do the outputs *add up to*?',
      options: ['zero', 'one', 'ten'],
      correct: [1],
      several: false,
      explanation: 'Each is divided by the **sum**.'
    },
    {
      id: 'true',
      text: 'What is true?',
      options: ['learned', 'random', 'undone'],
      correct: [0, 2],
      several: true,
      explanation: 'They are parameters.',
      experiment: 'run `softmax(z)`'
    }
  ]
};

export const EXERCISE: ExercisePayload = {
  kind: 'exercise',
  version: 1,
  id: 'largest',
  title: 'Exercise',
  task: 'What is the largest probability?',
  answer: { type: 'number', value: 0.842, within: 0.001 },
  hints: ['First', 'Second'],
  solution: 'Divide.'
};

beforeEach(() => localStorage.clear());

/** Lets everything that waits for a promise go on. */
export const settled = async (): Promise<void> => {
  for (let i = 0; i < 20; i++) {
    await new Promise(resolve => setTimeout(resolve));
  }
};

/** A form that shows `payload`, in a page that was just loaded. */
export async function shown(payload: unknown, storageOf?: () => Storage) {
  const rendermime = new RenderMimeRegistry({
    initialFactories: standardRendererFactories,
    markdownParser: {
      // Enough of Markdown to tell it from plain text, and HTML that the sanitizer must take out.
      render: text =>
        Promise.resolve(`<p>${text.replace(/\*\*?(\w[^*]*)\*\*?/g, '<em>$1</em>')}</p>`)
    }
  });
  const answers = new Answers(storageOf);
  const trans = nullTranslator.load('jupyterlab_tunelab');
  const renderer = new FormRenderer({ rendermime, answers, trans });
  Widget.attach(renderer, document.body);
  await renderer.renderModel(modelOf(payload));
  await settled();
  const all = <T extends HTMLElement>(selector: string): T[] =>
    Array.from(renderer.node.querySelectorAll<T>(selector));
  const press = (name: string | RegExp, which = 0): void => {
    const buttons = all<HTMLButtonElement>('button').filter(({ textContent }) =>
      typeof name === 'string' ? textContent === name : name.test(textContent ?? '')
    );
    buttons[which].click();
  };
  const verdicts = (): string[] => all('.jp-TunelabForm-verdict').map(one => one.textContent!);
  const score = (): string => all('.jp-TunelabForm-score')[0].textContent!;
  return { renderer, all, press, verdicts, score };
}
