/** Plotly's bundles have no types; extension/plotly.ts says what is used of them. */
declare module 'plotly.js-cartesian-dist-min' {
  const plotly: unknown;
  export default plotly;
}
