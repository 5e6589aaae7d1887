/* global window */
// Figures in a page of a real JupyterLab, beside its own Vega and Plotly's own renderer, and pictures of them. Needs
// Chromium (TUNELAB_CHROMIUM) and the environment of `npm run setup`. `npm run bench -- figures first big scroll
// pictures size` names parts; BENCH_ROUNDS=n for fewer repeats; BENCH_PLOTLY names the `share/jupyter` of an
// environment that has the Python package plotly, whose extension draws application/vnd.plotly.v1+json.
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import * as inPage from '../figures/inPage.mjs';
import { pictures } from '../figures/pictures.mjs';
import { fromBrowserTests, fromLibrary, root } from '../figures/sources.mjs';
import { scatterOf, vegaOf } from '../figures/trials.mjs';
import { digits, minimum } from '../statistics.mjs';

const { startLab } = fromBrowserTests('lab');
const { launchBrowser, NotebookPage } = fromBrowserTests('page');
const { FIGURE_MIME } = fromLibrary('figures/payload');
const { plotlySpec, specReplacer } = fromLibrary('figures/spec');

const PLOTLY_MIME = 'application/vnd.plotly.v1+json';
const VEGA_MIME = 'application/vnd.vegalite.v5+json';
const OURS = '.jp-RenderedTunelab-plot[aria-busy="false"] .main-svg';
const rounds = Number(process.env.BENCH_ROUNDS ?? 5);

function notebookOf(bundles) {
  const cells = bundles.map((data, i) => ({
    ...{ cell_type: 'code', id: `cell-${i}`, execution_count: 1, metadata: {}, source: '' },
    outputs: data ? [{ output_type: 'display_data', metadata: {}, data }] : []
  }));
  const kernelspec = { name: 'none', display_name: 'None' };
  return JSON.stringify({ nbformat: 4, nbformat_minor: 5, metadata: { kernelspec }, cells });
}

async function withPage(browser, lab, name, use) {
  const notebook = await NotebookPage.open(browser, lab, name, inPage.countLostContexts);
  try {
    await notebook.declineKernel();
    // JupyterLab goes on loading for a moment.
    await notebook.page.waitForTimeout(1500);
    return await use(notebook.page);
  } finally {
    await notebook.close();
  }
}

/** The first figure of a fresh page, beside Vega's. */
async function first(browser, lab) {
  const times = { ours: [], vega: [] };
  const outputs = {
    ours: [{ [FIGURE_MIME]: scatterOf(200) }, OURS],
    vega: [{ [VEGA_MIME]: vegaOf(200) }, '.vega-embed :is(canvas, svg.marks)']
  };
  for (let round = 0; round < rounds; round++) {
    for (const who of ['ours', 'vega']) {
      times[who].push(
        await withPage(browser, lab, 'empty.ipynb', page =>
          page.evaluate(inPage.timeOutput, outputs[who])
        )
      );
    }
  }
  const [ours, peer] = [minimum(times.ours), minimum(times.vega)];
  return [{ what: 'first figure of a page (ms), beside Vega', ours, peer, ratio: ours / peer }];
}

async function longestFrame(page, act) {
  await page.evaluate(inPage.watchFrames);
  await act();
  return page.evaluate(() => Math.max(...window.frameTimes));
}

/** 100,000 trials: first paint, then the longest frame while one points and while one pans. */
async function big(browser, lab) {
  const times = { paint: [], hover: [], pan: [] };
  for (let round = 0; round < rounds; round++) {
    await withPage(browser, lab, 'empty.ipynb', async page => {
      // Plotly is there already.
      await page.evaluate(inPage.timeOutput, [{ [FIGURE_MIME]: scatterOf(200) }, OURS]);
      const output = [{ [FIGURE_MIME]: scatterOf(100_000) }, '.jp-RenderedTunelab-marks'];
      times.paint.push(await page.evaluate(inPage.timeOutput, output));
      const { x, y } = await page.locator('.nsewdrag').first().boundingBox();
      const move = async () => {
        for (let i = 0; i < 30; i++) {
          await page.mouse.move(x + 100 + 9 * i, y + 40 + 4 * i);
          await page.waitForTimeout(20);
        }
      };
      await page.waitForTimeout(500);
      times.hover.push(await longestFrame(page, move));
      await page.locator('.modebar-btn[data-title="Pan"]').first().click();
      await page.mouse.move(x + 100, y + 40);
      await page.mouse.down();
      times.pan.push(await longestFrame(page, move));
      await page.mouse.up();
    });
  }
  return [
    { what: '100,000 trials: first paint (ms)', ours: minimum(times.paint), most: 1500 },
    {
      what: '100,000 trials: longest frame while pointing (ms)',
      ours: minimum(times.hover),
      most: 100
    },
    {
      what: '100,000 trials: longest frame while panning (ms)',
      ours: minimum(times.pan),
      most: 100
    }
  ];
}

/** 40 figures, half of them crowded, scrolled through beside Plotly's own renderer. */
async function scroll(browser, lab) {
  const found = { ours: [], plotly: [] };
  for (let round = 0; round < Math.min(rounds, 2); round++) {
    for (const who of process.env.BENCH_PLOTLY ? ['ours', 'plotly'] : ['ours']) {
      const selector = who === 'ours' ? OURS : '.js-plotly-plot .main-svg';
      found[who].push(
        await withPage(browser, lab, `${who}.ipynb`, async page => {
          const time = await page.evaluate(inPage.timeScroll, selector);
          return { time, ...(await page.evaluate(() => window.contexts)) };
        })
      );
    }
  }
  const least = (who, field) => minimum(found[who].map(one => one[field]));
  const compare = (what, field) => ({
    what,
    ours: least('ours', field),
    peer: least('plotly', field)
  });
  const time = compare('40 figures: scrolled through (ms), beside Plotly', 'time');
  return [
    { ...time, ratio: time.ours / time.peer },
    compare('40 figures: WebGL contexts made', 'made'),
    compare('40 figures: WebGL contexts lost', 'lost')
  ];
}

/** The extension's own code, without Plotly's chunk. */
function size() {
  const folder = path.join(root, 'jupyterlab_tunelab', 'labextension', 'static');
  const files = readdirSync(folder).filter(name => name.endsWith('.js'));
  const code = files.map(name => readFileSync(path.join(folder, name)));
  const own = code.filter(text => text.length < 2 ** 20);
  const ours = own.reduce((sum, text) => sum + gzipSync(text, { level: 9 }).length, 0);
  return [{ what: "extension's own code, gzipped (bytes)", ours, most: 150_000 }];
}

export async function run(wanted) {
  const parts = wanted.length > 0 ? wanted : ['size', 'pictures', 'first', 'big', 'scroll'];
  const rows = [];
  if (parts.includes('size')) rows.push(...size());
  if (parts.includes('pictures')) rows.push(...(await pictures()));
  const browsed = { first, big, scroll };
  if (parts.some(part => part in browsed)) {
    const payloads = Array.from({ length: 40 }, (_, i) => scatterOf(i % 2 ? 6000 : 200));
    const asPlotly = payload => {
      const { data, layout } = plotlySpec(payload, undefined, { webgl: true });
      return JSON.parse(JSON.stringify({ data, layout }, specReplacer));
    };
    if (process.env.BENCH_PLOTLY) process.env.JUPYTER_PATH = process.env.BENCH_PLOTLY;
    const lab = await startLab({
      files: {
        'empty.ipynb': notebookOf([undefined]),
        'ours.ipynb': notebookOf(payloads.map(payload => ({ [FIGURE_MIME]: payload }))),
        'plotly.ipynb': notebookOf(payloads.map(payload => ({ [PLOTLY_MIME]: asPlotly(payload) })))
      }
    });
    const browser = await launchBrowser();
    try {
      for (const part of parts) {
        if (part in browsed) rows.push(...(await browsed[part](browser, lab)));
      }
    } finally {
      await browser.close();
      await lab.stop();
    }
  }
  return rows.map(row =>
    Object.fromEntries(
      Object.entries(row).map(([key, value]) => [
        key,
        typeof value === 'number' && Number.isFinite(value) ? digits(value) : value
      ])
    )
  );
}
