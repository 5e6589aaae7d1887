/** The plugin whose settings are schema/plugin.json. */
export const FIGURES_PLUGIN = 'jupyterlab-tunelab:plugin';
