/** The kernel's logo in JupyterLab's launcher: the path of a random search down a loss curve. */
export const LOGO = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">
  <rect width="64" height="64" rx="10" fill="#3178c6"/>
  <path d="M10 14C16 46 26 50 34 50s14-6 20-26" fill="none" stroke="#fff" stroke-width="4" stroke-linecap="round"/>
  <circle cx="14" cy="28" r="4" fill="#ffd166"/>
  <circle cx="23" cy="43" r="4" fill="#ffd166"/>
  <circle cx="34" cy="50" r="5" fill="#ffd166"/>
</svg>
`;
