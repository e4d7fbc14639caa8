import { defineConfig } from 'drizzle-kit';

export default defineConfig({
  dialect: 'postgresql',
  schema: './src/casefile/schema/index.ts',
  out: './drizzle',
});
