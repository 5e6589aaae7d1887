import eslint from '@eslint/js';
import prettier from 'eslint-config-prettier';
import jest from 'eslint-plugin-jest';
import globals from 'globals';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  {
    ignores: [
      '**/node_modules/',
      '**/dist/',
      'lib/',
      '**/.venv*/',
      'bench/.peers/',
      'jupyterlab_tunelab/',
      'kernel-lib/src/wasm/simd/bytes.ts',
      'kernel-lib/src/figures/parse/schema.ts',
      'test-results/',
      'coverage/'
    ]
  },
  eslint.configs.recommended,
  ...tseslint.configs.strict,
  {
    rules: {
      'max-lines': ['error', { max: 400, skipBlankLines: true, skipComments: true }],
      // An index that the loop has just bounded is not made safer by a check that can never fail.
      '@typescript-eslint/no-non-null-assertion': 'off',
      '@typescript-eslint/no-unused-vars': ['error', { argsIgnorePattern: '^_' }]
    }
  },
  {
    files: ['**/*.{js,cjs,mjs}'],
    languageOptions: { globals: globals.node },
    rules: { '@typescript-eslint/no-require-imports': 'off' }
  },
  { files: ['kernel-lib/src/datasets/digitsData.ts'], rules: { 'max-lines': 'off' } },
  {
    // AssemblyScript compiles `@inline` methods into their callers; TypeScript allows no decorator on a plain function.
    files: ['kernel-lib/assembly/*.ts'],
    rules: { '@typescript-eslint/no-extraneous-class': 'off' }
  },
  {
    files: ['test/**/*.ts'],
    ...jest.configs['flat/recommended'],
    rules: {
      ...jest.configs['flat/recommended'].rules,
      // Contracts are functions that hold the expectations; the names say so.
      'jest/expect-expect': ['error', { assertFunctionNames: ['expect', 'expect*', 'fc.assert'] }],
      'jest/no-disabled-tests': 'error',
      'jest/no-focused-tests': 'error',
      'jest/no-standalone-expect': 'off',
      'jest/no-export': 'off',
      'jest/valid-title': 'off'
    }
  },
  prettier
);
