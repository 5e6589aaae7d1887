// Style sheets and icons that JupyterLab's packages import: tests need none of their contents.
module.exports = {
  process: (_source, file) => ({
    code: `module.exports = ${JSON.stringify(file.endsWith('.svg') ? '<svg></svg>' : '')};`
  })
};
