/** All controls of the figure of one training run: they come and go with its payload. */
import type { TranslationBundle } from '@jupyterlab/translation';
import type { IDisposable } from '@lumino/disposable';
import type { Steer } from 'tunelab/dist/figures/format';
import { element } from '../controls/dom';
import type { FigureRenderer } from '../renderer';
import { ChangeSender } from './changeSender';
import { RunButtons } from './runButtons';
import { Slider } from './slider';

const wordsOf = (error: unknown): string =>
  error instanceof Error ? error.message : String(error);

export class RunControls implements IDisposable {
  private readonly _node = element('fieldset', 'root');
  private readonly _sliders = element('div', 'sliders');
  private readonly _words = element('p', 'words');
  private readonly _why = element('p', 'why');
  private readonly _byName = new Map<string, Slider>();
  private readonly _buttons: RunButtons;
  private readonly _sender: ChangeSender;
  private _isDisposed = false;

  constructor(
    private readonly _renderer: FigureRenderer,
    private readonly _trans: TranslationBundle
  ) {
    this._sender = new ChangeSender(
      async changes => {
        await _renderer.live.command('set', { changes });
        this._say('');
      },
      error => {
        this._say(wordsOf(error));
        this._refresh();
      }
    );
    this._buttons = new RunButtons(
      _trans,
      (name, args, done) => void this._command(name, args, done),
      text => this._say(text)
    );
    this._node.setAttribute('aria-label', _trans.__('Steer the training run'));
    this._words.setAttribute('role', 'status');
    this._say('');
    this._node.append(this._sliders, this._buttons.node, this._words, this._why);
    this._node.hidden = true;
    _renderer.controls.append(this._node);
    _renderer.payloadChanged.connect(this._refresh, this);
    _renderer.live.changed.connect(this._refresh, this);
    _renderer.disposed.connect(this.dispose, this);
  }

  get isDisposed(): boolean {
    return this._isDisposed;
  }

  dispose(): void {
    if (this._isDisposed) return;
    this._isDisposed = true;
    this._sender.clear();
    this._renderer.payloadChanged.disconnect(this._refresh, this);
    this._renderer.live.changed.disconnect(this._refresh, this);
    this._renderer.disposed.disconnect(this.dispose, this);
    this._node.remove();
  }

  /** What the figure's kernel last said; nothing of it in a notebook that is not trusted. */
  private get _steer(): Steer | undefined {
    const { payload, trusted } = this._renderer;
    return trusted && payload && 'panels' in payload ? payload.steer : undefined;
  }

  private _refresh(): void {
    const steer = this._steer;
    this._node.hidden = !steer;
    if (!steer) return;
    for (const control of steer.controls) {
      const { name, value } = control;
      const slider = this._byName.get(name);
      if (!slider) {
        this._byName.set(name, new Slider(this._trans, control, chosen => this._sender.put(name, chosen), text => this._say(this._trans.__('“%1” is no number.', text)))); // prettier-ignore
      } else if (!this._sender.isOld(name, value)) {
        slider.show(control);
      }
    }
    this._arrange(steer);
    this._buttons.show(steer);
    const why = this._whyNot(steer);
    this._why.textContent = why;
    this._why.hidden = why === '';
    this._node.disabled = why !== '';
  }

  /** Another optimizer has other constants. */
  private _arrange({ controls }: Steer): void {
    const nodes = controls.map(({ name }) => this._byName.get(name)!.node);
    const { children } = this._sliders;
    if (nodes.length !== children.length || nodes.some((node, i) => node !== children[i])) {
      this._sliders.replaceChildren(...nodes);
    }
  }

  /** Why the run cannot be steered, in a sentence; `''` where it can. */
  private _whyNot({ state }: Steer): string {
    const trans = this._trans;
    const { live, payload } = this._renderer;
    if (state === 'ended') return trans.__('This run has ended.');
    if (state === 'lost') return trans.__('This run was lost: its thread has died.');
    switch (live.state) {
      case 'live':
      case 'settled':
        return live.can('set') ? '' : trans.__('This kernel cannot steer a run.');
      case 'connecting':
        return trans.__('Asking the kernel …');
      case 'ended':
        return trans.__('The run ended with its kernel. Run the cell again to have one that can be steered.'); // prettier-ignore
      default:
        return payload && 'live' in payload && payload.live
          ? trans.__('No kernel that runs here knows this run. Run the cell again to have one that can be steered.') // prettier-ignore
          : trans.__('Only tunelab’s own kernel lets a run be steered from its figure.');
    }
  }

  private async _command(
    name: string,
    args: object,
    done: (result: Record<string, unknown>) => string
  ): Promise<void> {
    try {
      this._say(done(await this._renderer.live.command(name, args)));
    } catch (error) {
      this._say(wordsOf(error));
    }
  }

  private _say(text: string): void {
    this._words.textContent = text;
    this._words.hidden = text === '';
  }
}
