import { useEditor } from '../store/editor-context.tsx';

interface SettingEdit {
  readonly label: string;
  /** The visit of a field in which it is typed. */
  readonly gesture?: string;
}

/** Sets a key of the pipeline's settings; undefined takes it away, so that the default holds. */
export function useSetSetting(): (field: string, value: string | number | boolean | undefined, edit: SettingEdit) => void {
  const { store } = useEditor();
  return (field, value, { label, gesture }) => {
    const op = { op: 'pipeline.setSettings' as const, field, ...(value === undefined ? {} : { value }) };
    store.getState().edit([op], { label, ...(gesture === undefined ? {} : { gesture, pace: 'typing' }) });
  };
}
