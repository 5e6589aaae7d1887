// Two worlds, one runner: the library runs in Node, the extension in jsdom. Tests read the sources,
// not the built files, so that a stale build can never pass.
const shared = {
  transform: {
    '^.+\\.[jt]s$': ['@swc/jest', { jsc: { target: 'es2022', parser: { syntax: 'typescript' } } }]
  },
  moduleNameMapper: {
    '^tunelab$': '<rootDir>/kernel-lib/src/index.ts',
    '^tunelab/dist/(.*)$': '<rootDir>/kernel-lib/src/$1.ts'
  },
  // Labextension builds and environments hold copies of package.json files that would confuse jest.
  modulePathIgnorePatterns: [
    '<rootDir>/.venv',
    '<rootDir>/bench/.peers',
    '<rootDir>/jupyterlab_tunelab/labextension'
  ],
  setupFilesAfterEnv: ['<rootDir>/test/setup.ts']
};

/** @type {import('jest').Config} */
module.exports = {
  projects: [
    {
      ...shared,
      displayName: 'library',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/kernel-lib/**/*.spec.ts', '<rootDir>/test/*.spec.ts']
    },
    {
      ...shared,
      displayName: 'extension',
      testEnvironment: 'jsdom',
      testMatch: ['<rootDir>/test/extension/**/*.spec.ts'],
      // JupyterLab's packages are ES modules.
      transformIgnorePatterns: [
        '/node_modules/(?!(@jupyterlab|@jupyter|@lumino|@microsoft|exenv-es6|lib0|y-|yjs)/)'
      ],
      transform: {
        ...shared.transform,
        '\\.(css|svg)$': '<rootDir>/test/extension/emptyModule.js'
      }
    },
    {
      ...shared,
      displayName: 'system',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/{setup,notebooks,browser}/**/*.spec.ts']
    },
    {
      ...shared,
      displayName: 'long',
      testEnvironment: 'node',
      testMatch: ['<rootDir>/test/long/**/*.spec.ts']
    }
  ]
};
