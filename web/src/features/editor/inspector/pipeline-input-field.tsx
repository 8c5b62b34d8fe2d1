import { writeAssetReference } from '@pipewright/shared/asset/asset-reference.ts';
import { isScalarType, type PortType } from '@pipewright/shared/component/port-type.ts';
import { coerceLiteral } from '@pipewright/shared/graph/validate/check-literal.ts';
import type { PipelineInput } from '@pipewright/shared/pipeline/input-value.ts';
import { pipelineInputValue } from '@pipewright/shared/pipeline/pipeline-input-value.ts';
import { Switch } from '@mantine/core';
import { dataInput } from '../model/data-values.ts';
import { readTyped } from '../model/parameter-fields.ts';
import { assetIn } from '../model/registered-data.ts';
import { useEditorState } from '../store/editor-context.tsx';
import { AssetVersion } from './asset-version.tsx';
import { ChooseAssetButton } from './choose-asset-button.tsx';
import { TypedText } from './typed-text.tsx';
import classes from './inspector.module.css';

/** What the history calls an edit, and the visit that it is a part of. */
export interface EditWords {
  readonly label?: string;
  readonly gesture?: string;
}

interface PipelineInputFieldProps {
  readonly name: string;
  readonly input: PipelineInput;
  readonly onSet: (input: PipelineInput, words?: EditWords) => void;
}

/** The value of an input of the pipeline: a switch, a text, or data at a path or under a name. */
export function PipelineInputField(props: PipelineInputFieldProps) {
  const { name, input, onSet } = props;
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const { type, value } = pipelineInputValue(input);
  if (type !== null && !isScalarType(type)) return <DataField {...props} type={type} path={value?.kind === 'data' ? value.reference.path : ''} />;
  const literal = value?.kind === 'literal' ? value.value : null;
  if (type === 'boolean') {
    const isOn = literal !== null && coerceLiteral(literal, 'boolean') === true;
    return (
      <Switch
        label={isOn ? 'On' : 'Off'}
        aria-label={`Value of ${name}`}
        checked={isOn}
        disabled={isReadOnly}
        onChange={(event) => onSet(withValue(input, event.currentTarget.checked))}
      />
    );
  }
  return (
    <TypedText
      field={`pipeline.input.${name}`}
      label={`Value of ${name}`}
      placeholder="No value: asked for at every run"
      isNumber={type === 'integer' || type === 'number'}
      value={literal === null ? '' : String(literal)}
      isReadOnly={isReadOnly}
      onType={(text, gesture) => onSet(withValue(input, text === '' ? undefined : readTyped(text, { type: type ?? 'string' })), { gesture })}
    />
  );
}

interface DataFieldProps extends PipelineInputFieldProps {
  readonly type: PortType;
  readonly path: string;
}

function DataField({ name, input, onSet, type, path }: DataFieldProps) {
  const isReadOnly = useEditorState((state) => state.isReadOnly);
  const asset = assetIn(path);
  return (
    <>
      <div className={classes.dataField}>
        <TypedText
          field={`pipeline.input.${name}`}
          label={`Value of ${name}`}
          placeholder="A path, an address, or azureml:NAME:VERSION"
          value={path}
          isReadOnly={isReadOnly}
          onType={(text, gesture) => onSet(dataInput(input, { type, path: text === '' ? undefined : text }), { gesture })}
        />
        <ChooseAssetButton label={name} input={{ pipelineInput: name }} />
      </div>
      {asset && (
        <AssetVersion
          label={name}
          reference={asset}
          type={type}
          onChoose={(at) => onSet(dataInput(input, { type, path: writeAssetReference({ ...asset, at }) }), { label: `Set the version of ${asset.name}` })}
        />
      )}
    </>
  );
}

/** A declaration stays one, a bare value stays bare: the file keeps its form. */
function withValue(input: PipelineInput, value: string | number | boolean | undefined): PipelineInput {
  if (typeof input !== 'object' || input === null) return value ?? null;
  const { default: _before, ...rest } = input;
  const declared = pipelineInputValue(input).type ?? 'string';
  return value === undefined ? { ...rest, type: declared } : { ...rest, type: declared, default: value };
}
