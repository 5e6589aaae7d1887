/** What settings and JupyterLab's theme say about all figures together. */
import type { ISignal } from '@lumino/signaling';
import { Signal } from '@lumino/signaling';
import { MOST_SVG_MARKS, THEMES } from 'tunelab/dist/figures/spec';
import type { FigureTheme, ThemeName } from 'tunelab/dist/figures/spec';
import { readTheme } from './theme';

/** `follow`: those of JupyterLab's theme. */
export type FigureColors = 'follow' | ThemeName;

export type ModeBar = 'hover' | 'always' | 'never';

/** The settings of schema/plugin.json. */
export interface ViewSettings {
  theme: FigureColors;
  /** CSS pixels. */
  height: number;
  modeBar: ModeBar;
  /** The marks of figures with more than this are drawn as pixels. */
  mostSvg: number;
  /** Drawings of a live figure in a second, at most. */
  updateRate: number;
}

const DEFAULTS: ViewSettings = {
  theme: 'follow',
  height: 400,
  modeBar: 'hover',
  mostSvg: MOST_SVG_MARKS,
  updateRate: 10
};

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

  get mostSvg(): number {
    return this._settings.mostSvg;
  }

  /** Milliseconds from one drawing of a live figure to the next, at least. */
  get updateGap(): number {
    return 1000 / this._settings.updateRate;
  }

  /** Read from the page when first asked for, and again after each change of theme. */
  get theme(): FigureTheme {
    const { theme } = this._settings;
    if (theme !== 'follow') {
      return THEMES[theme];
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
