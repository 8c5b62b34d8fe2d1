/** Workspaces call a curated environment of a registry by its name there with `AzureML-` before it. */
export const curatedName = (name: string): string => name.replace(/^AzureML-/i, '');
