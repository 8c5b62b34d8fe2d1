import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  createTheme,
  type CSSVariablesResolver,
  Input,
  Loader,
  Menu,
  Modal,
  Popover,
  SegmentedControl,
  Select,
  Switch,
  Tabs,
  TextInput,
  Tooltip,
} from '@mantine/core';
import looks from './theme.module.css';

/** Mantine in our clothes: every colour, size and duration comes from tokens.css through the resolver below. */
export const theme = createTheme({
  primaryColor: 'iris',
  primaryShade: { light: 7, dark: 6 },
  colors: {
    iris: ['#eeecfb', '#dcd8f7', '#c3bcf2', '#a99fec', '#8f82e4', '#7b6ce9', '#6c5ce7', '#5546d0', '#4638b8', '#382c98'],
  },
  defaultRadius: 'md',
  radius: { sm: '4px', md: '6px', lg: '10px' },
  fontFamily: 'var(--pw-font)',
  fontFamilyMonospace: 'var(--pw-font-mono)',
  fontSizes: {
    xs: 'var(--pw-text-xs)',
    sm: 'var(--pw-text-sm)',
    md: 'var(--pw-text-md)',
    lg: 'var(--pw-text-lg)',
    xl: 'var(--pw-text-xl)',
  },
  lineHeights: {
    xs: 'var(--pw-lh-xs)',
    sm: 'var(--pw-lh-sm)',
    md: 'var(--pw-lh-md)',
    lg: 'var(--pw-lh-lg)',
    xl: 'var(--pw-lh-xl)',
  },
  spacing: { xs: 'var(--pw-1)', sm: 'var(--pw-2)', md: 'var(--pw-3)', lg: 'var(--pw-4)', xl: 'var(--pw-6)' },
  headings: { fontFamily: 'var(--pw-font)', fontWeight: '600' },
  shadows: { xs: 'var(--pw-sh-1)', sm: 'var(--pw-sh-1)', md: 'var(--pw-sh-2)', lg: 'var(--pw-sh-3)', xl: 'var(--pw-sh-3)' },
  cursorType: 'pointer',
  respectReducedMotion: true,
  components: {
    // Sizes are set inline by Mantine, so they are given as variables here and not in the style sheet.
    Button: Button.extend({
      defaultProps: { size: 'sm' },
      classNames: { root: looks.button, section: looks.buttonSection },
      vars: (_, { size, variant, color }) => ({
        root: {
          '--button-height': size === 'xs' ? 'var(--pw-control-sm)' : 'var(--pw-control)',
          '--button-padding-x': size === 'xs' ? '8px' : '11px',
          '--button-fz': size === 'xs' ? 'var(--pw-text-sm)' : 'var(--pw-text-md)',
          ...(variant === 'subtle' ? { '--button-color': 'var(--pw-text-2)', '--button-hover': 'var(--pw-hover)' } : {}),
          ...(color === 'red' ? { '--button-bg': 'var(--pw-err)', '--button-hover': 'var(--pw-err)', '--button-color': 'var(--pw-panel)' } : {}),
        },
      }),
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { size: 'sm', variant: 'subtle' },
      classNames: { root: looks.actionIcon },
      vars: (_, { size, variant }) => ({
        root: {
          '--ai-size': size === 'md' ? 'var(--pw-control)' : 'var(--pw-control-sm)',
          '--ai-radius': 'var(--pw-r-sm)',
          ...(variant === 'subtle' ? { '--ai-color': 'var(--pw-text-2)', '--ai-hover': 'var(--pw-hover)', '--ai-hover-color': 'var(--pw-text)' } : {}),
        },
      }),
    }),
    Input: Input.extend({
      defaultProps: { size: 'sm' },
      classNames: { wrapper: looks.inputWrapper, input: looks.input, section: looks.inputSection },
      vars: (_, { size }) => ({
        wrapper: {
          '--input-height': size === 'xs' ? '28px' : 'var(--pw-control)',
          '--input-fz': size === 'xs' ? 'var(--pw-text-sm)' : 'var(--pw-text-md)',
        },
      }),
    }),
    InputWrapper: Input.Wrapper.extend({ classNames: { label: looks.label, description: looks.description, error: looks.error } }),
    TextInput: TextInput.extend({ defaultProps: { size: 'sm' } }),
    Select: Select.extend({
      defaultProps: { size: 'sm', checkIconPosition: 'right', allowDeselect: false },
      classNames: { option: looks.option, dropdown: looks.dropdown },
    }),
    Badge: Badge.extend({ defaultProps: { radius: 'sm', variant: 'light' }, classNames: { root: looks.badge } }),
    Tabs: Tabs.extend({ classNames: { list: looks.tabList, tab: looks.tab } }),
    Modal: Modal.extend({
      // It fades where it stands: a button that moves between press and release loses the press.
      defaultProps: { radius: 12, padding: 18, transitionProps: { transition: 'fade', duration: 160 }, closeButtonProps: { 'aria-label': 'Close' } },
      classNames: { content: looks.modal, header: looks.modalHeader, title: looks.modalTitle, overlay: looks.scrim },
    }),
    // A header element that the page would count as a second banner.
    ModalHeader: Modal.Header.extend({ defaultProps: { role: 'presentation' } }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 300, withArrow: false, events: { hover: true, focus: true, touch: false }, zIndex: 400 },
      classNames: { tooltip: looks.tooltip },
    }),
    Menu: Menu.extend({
      // The keyboard goes to the first item: what would hold it before that is no part that a menu may have.
      defaultProps: { transitionProps: { duration: 160 }, shadow: 'md', withInitialFocusPlaceholder: false },
      classNames: { dropdown: looks.dropdown, item: looks.menuItem, label: looks.menuLabel, divider: looks.menuDivider },
    }),
    Popover: Popover.extend({ defaultProps: { transitionProps: { duration: 160 }, shadow: 'md' }, classNames: { dropdown: looks.dropdown } }),
    SegmentedControl: SegmentedControl.extend({
      defaultProps: { size: 'xs', transitionDuration: 90 },
      classNames: { root: looks.segments, label: looks.segment, indicator: looks.segmentIndicator, control: looks.segmentControl },
      vars: () => ({ root: { '--sc-font-size': 'var(--pw-text-sm)', '--sc-padding': '0', '--sc-shadow': 'var(--pw-sh-1)' } }),
    }),
    Switch: Switch.extend({
      defaultProps: { size: 'xs', withThumbIndicator: false },
      classNames: { track: looks.track, label: looks.switchLabel },
      vars: () => ({
        root: {
          '--switch-height': '16px',
          '--switch-width': '28px',
          '--switch-thumb-size': '12px',
          '--switch-track-label-padding': '2px',
        },
      }),
    }),
    Checkbox: Checkbox.extend({ defaultProps: { size: 'xs', radius: 'sm' }, classNames: { input: looks.checkbox } }),
    Loader: Loader.extend({ defaultProps: { size: 14, color: 'currentColor' } }),
  },
});

const variables = {
  '--mantine-color-body': 'var(--pw-canvas)',
  '--mantine-color-text': 'var(--pw-text)',
  '--mantine-color-dimmed': 'var(--pw-text-3)',
  '--mantine-color-placeholder': 'var(--pw-text-3)',
  '--mantine-color-anchor': 'var(--pw-brand-text)',
  '--mantine-color-error': 'var(--pw-err)',
  '--mantine-color-default': 'var(--pw-panel)',
  '--mantine-color-default-color': 'var(--pw-text)',
  '--mantine-color-default-hover': 'var(--pw-hover)',
  '--mantine-color-default-border': 'var(--pw-node-line)',
  '--mantine-color-disabled': 'var(--pw-hover)',
  '--mantine-color-disabled-color': 'var(--pw-text-off)',
  '--mantine-color-disabled-border': 'var(--pw-line)',
  '--mantine-primary-color-filled': 'var(--pw-brand)',
  '--mantine-primary-color-filled-hover': 'var(--pw-brand-hover)',
  '--mantine-primary-color-light': 'var(--pw-brand-soft)',
  '--mantine-primary-color-light-hover': 'var(--pw-brand-soft)',
  '--mantine-primary-color-light-color': 'var(--pw-brand-text)',
  '--mantine-color-iris-filled': 'var(--pw-brand)',
  '--mantine-color-iris-filled-hover': 'var(--pw-brand-hover)',
  '--mantine-color-iris-light': 'var(--pw-brand-soft)',
  '--mantine-color-iris-light-hover': 'var(--pw-brand-soft)',
  '--mantine-color-iris-light-color': 'var(--pw-brand-text)',
};

/** tokens.css answers to the colour scheme by itself, so both schemes point at the same names. */
export const cssVariablesResolver: CSSVariablesResolver = () => ({
  variables: { '--mantine-line-height': 'var(--pw-lh-md)' },
  light: variables,
  dark: variables,
});
