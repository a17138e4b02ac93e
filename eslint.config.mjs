import js from '@eslint/js';
import tseslint from 'typescript-eslint';

export default tseslint.config(
  { ignores: ['**/*.js', '**/*.d.ts', '**/dist/', 'cdk.out/', 'coverage/', 'reports/'] },
  js.configs.recommended,
  tseslint.configs.strictTypeChecked,
  tseslint.configs.stylisticTypeChecked,
  {
    languageOptions: {
      parserOptions: { project: './tsconfig.dev.json', tsconfigRootDir: import.meta.dirname },
    },
    rules: {
      curly: 'error',
      '@typescript-eslint/explicit-member-accessibility': ['error', { accessibility: 'no-public' }],
      '@typescript-eslint/restrict-template-expressions': ['error', { allowNumber: true }],
      // jsii knows maps as index signatures only.
      '@typescript-eslint/consistent-indexed-object-style': 'off',
      // `Dependable.implement` and `tryFindChild` are made for objects that no constructor of ours has made.
      '@typescript-eslint/no-unsafe-class-instance-assignment': 'off',
      // Classes with only static members are how jsii languages see namespaces and union-like types.
      '@typescript-eslint/no-extraneous-class': 'off',
      '@typescript-eslint/no-confusing-void-expression': ['error', { ignoreArrowShorthand: true }],
    },
  },
  {
    files: ['lib/**'],
    rules: {
      '@typescript-eslint/no-restricted-imports': [
        'error',
        {
          patterns: [
            {
              regex: String.raw`^(?:\.\./)+(?:bench|bin|examples|lambda(?!/(?:(?:(?:monitor|sweep|sweep-resource)/)?contract|base/redaction/secret-names|network/(?:rules(?:/[a-z-]+)?|store-address))$)|local-cloud|test|tools)/`,
              message:
                'Of the handler, the constructs know the contract, the names of secrets and the rules of networks only.',
            },
            {
              regex: String.raw`^(?:\.\./)+lambda/(?:(?:monitor|sweep|sweep-resource)/)?contract$`,
              allowTypeImports: true,
              message: 'The contract is types only: import it by `import type`.',
            },
          ],
        },
      ],
    },
  },
  {
    files: ['test/**', 'cli/test/**', 'local-cloud/test/**'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  { files: ['**/*.cjs', '**/*.mjs'], extends: [tseslint.configs.disableTypeChecked] },
  {
    files: ['**/*.cjs'],
    languageOptions: { globals: { require: 'readonly' } },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
);
