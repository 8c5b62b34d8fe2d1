/** What the palette lists. */
export const paletteTabs = [
  { value: 'components', label: 'Components' },
  { value: 'data', label: 'Data' },
  { value: 'models', label: 'Models' },
  { value: 'outline', label: 'Outline' },
] as const;
export type PaletteTab = (typeof paletteTabs)[number]['value'];
