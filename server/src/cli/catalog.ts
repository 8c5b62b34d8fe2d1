import { join } from 'node:path';

/** What comes with the product: components, environments, gallery, sample data. */
export const catalog = join(import.meta.dirname, '..', '..', 'catalog');
