import type { Component } from '@pipewright/shared/component/component.ts';
import { isDataType, type PortType } from '@pipewright/shared/component/port-type.ts';
import { IconArrowNarrowRight } from '@tabler/icons-react';
import { memo } from 'react';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import classes from './palette.module.css';

const mostShown = 4;

/** What goes in and what comes out, in glyphs. */
export const PortRow = memo(function PortRow({ component }: { readonly component: Component }) {
  const [inputs, outputs] = [dataTypesOf(component.inputs), dataTypesOf(component.outputs)];
  return (
    <span className={classes.ports} role="img" aria-label={`${sayTypes(inputs)} in, ${sayTypes(outputs)} out`}>
      <Glyphs types={inputs} />
      <IconArrowNarrowRight size={10} stroke={2.2} aria-hidden />
      <Glyphs types={outputs} />
    </span>
  );
});

function Glyphs({ types }: { readonly types: readonly PortType[] }) {
  return types.slice(0, mostShown).map((type, index) => <PortGlyph key={index} type={type} size={9} />);
}

function dataTypesOf(ports: Readonly<Record<string, { readonly type: PortType }>>): PortType[] {
  return Object.values(ports).flatMap(({ type }) => (isDataType(type) ? [type] : []));
}

const sayTypes = (types: readonly PortType[]): string => (types.length === 0 ? 'nothing' : types.join(', '));
