/** What settings and JupyterLab's theme say about all figures together. */
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { LIGHT_THEME } from 'tunelab/dist/figures/spec';
import type { FigureTheme } from 'tunelab/dist/figures/spec';
import { readTheme } from './theme';

export type ModeBar = 'hover' | 'always' | 'never';

/** The settings of schema/plugin.json. */
export interface ViewSettings {
  theme: 'follow' | 'light';
  /** CSS pixels. */
  height: number;
  modeBar: ModeBar;
}

const DEFAULTS: ViewSettings = { theme: 'follow', height: 400, modeBar: 'hover' };

export class FigureView {
  private readonly _changed = new Signal<this, void>(this);
  private _settings = DEFAULTS;
  private _theme: FigureTheme | null = null;

  /** Emitted when figures that are drawn must be drawn again. */
  get changed(): ISignal<this, void> {
    return this._changed;
  }

  get height(): number {
    return this._settings.height;
  }

  get modeBar(): ModeBar {
    return this._settings.modeBar;
  }

  /** Read from the page when first asked for, and again after each change of theme. */
  get theme(): FigureTheme {
    if (this._settings.theme === 'light') {
      return LIGHT_THEME;
    }
    this._theme ??= readTheme(document.body);
    return this._theme;
  }

  /** Takes over settings; what is absent gets its default. */
  configure(settings: Partial<ViewSettings>): void {
    this._settings = { ...DEFAULTS, ...settings };
    this._changed.emit();
  }

  /** JupyterLab has another theme: its colours are read again. */
  themeChanged(): void {
    this._theme = null;
    if (this._settings.theme === 'follow') {
      this._changed.emit();
    }
  }
}
