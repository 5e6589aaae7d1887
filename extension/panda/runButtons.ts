/** What can be done to a run, beside turning its numbers. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { Steer } from 'tunelab/dist/figures/format';
import { button, Choice, element } from '../controls/dom';

/** Has a command done, and says what came of it. */
export type Commander = (
  name: string,
  args: object,
  done: (result: Record<string, unknown>) => string
) => void;

/** The choice that is no snapshot: no name is empty. */
const NOW = '';

export class RunButtons {
  readonly node: HTMLElement;
  private readonly _pause: HTMLButtonElement;
  private readonly _name = element('input', 'text');
  private readonly _snapshots: Choice;
  private _chosen = NOW;
  private _steer: Steer | null = null;

  constructor(
    private readonly _trans: TranslationBundle,
    private readonly _command: Commander,
    private readonly _say: (text: string) => void
  ) {
    this._pause = button('', () => this._turn());
    const stop = button(_trans.__('Stop'), () => _command('stop', {}, () => ''));
    this._name.type = 'text';
    this._name.maxLength = 100;
    this._name.placeholder = _trans.__('name, if any');
    this._name.setAttribute('aria-label', _trans.__('Name of the next snapshot or branch, if any'));
    const keep = button(_trans.__('Snapshot'), () => this._keep());
    keep.title = _trans.__('Keep weights, optimizer and place in the data as they are now');
    this._snapshots = new Choice(_trans.__('from'), value => {
      this._chosen = value;
    });
    const back = button(_trans.__('Roll back'), () => this._rollBack());
    back.title = _trans.__('Go back to the chosen snapshot');
    const branch = button(_trans.__('Branch'), () => this._branch());
    branch.title = _trans.__('Let a second run go on from there, with a curve of its own; this one stays as it is'); // prettier-ignore
    this.node = element('div', 'buttons', this._pause, stop, this._name, keep, this._snapshots.node, back, branch); // prettier-ignore
  }

  show(steer: Steer): void {
    this._steer = steer;
    const { state, snapshots } = steer;
    // One button whose words change: it keeps the focus of those who use the keyboard.
    const label = state === 'paused' ? this._trans.__('Resume') : this._trans.__('Pause');
    if (this._pause.textContent !== label) this._pause.textContent = label;
    if (!snapshots.includes(this._chosen)) this._chosen = NOW;
    const options = [
      { value: NOW, label: this._trans.__('now') },
      ...snapshots.map(name => ({ value: name, label: name }))
    ];
    this._snapshots.show(options, this._chosen);
  }

  private _turn(): void {
    const trans = this._trans;
    const paused = this._steer?.state === 'paused';
    this._command(paused ? 'resume' : 'pause', {}, ({ tick }) =>
      paused ? trans.__('Going on.') : trans.__('Paused after %1 mini-batches.', tick)
    );
  }

  /** The name that was typed, as an argument; the field is empty then. */
  private _named(): { name?: string } {
    const name = this._name.value.trim();
    this._name.value = '';
    return name === '' ? {} : { name };
  }

  private _keep(): void {
    this._command('snapshot', this._named(), ({ name }) =>
      this._trans.__('Snapshot “%1” is kept.', name)
    );
  }

  private _rollBack(): void {
    const name = this._chosen;
    if (name === NOW) {
      this._say(this._trans.__('Choose the snapshot to go back to, beside the button.'));
      return;
    }
    this._command('rollBack', { name }, () => this._trans.__('Back to “%1”.', name));
  }

  private _branch(): void {
    const from = this._chosen === NOW ? {} : { from: this._chosen };
    this._command('branch', { ...from, ...this._named() }, ({ name }) =>
      this._trans.__('“%1” goes on below; in code it is one of run.branches.', name)
    );
  }
}
