import { PortType } from '@pipewright/shared/component/port-type.ts';
import { PortGlyph } from '../../../ui/graph/port-glyph.tsx';
import classes from './nesting.module.css';

interface PortLinesProps {
  readonly title: string;
  readonly ports: Readonly<Record<string, unknown>>;
  readonly nothing: string;
}

/** The ports of a side, each with its type. */
export function PortLines({ title, ports, nothing }: PortLinesProps) {
  const names = Object.keys(ports);
  return (
    <section aria-label={title}>
      <h3 className={classes.portsTitle}>{title}</h3>
      {names.length === 0 && <p className="pw-sm pw-muted">{nothing}</p>}
      <ul className={classes.portList}>
        {names.map((name) => {
          const type = typeOf(ports[name]);
          return (
            <li key={name}>
              <PortGlyph type={type} />
              <span className="pw-clip pw-mono" title={name}>
                {name}
              </span>
              <span className="pw-muted">{type}</span>
            </li>
          );
        })}
      </ul>
    </section>
  );
}

function typeOf(port: unknown): PortType {
  const said = port !== null && typeof port === 'object' && 'type' in port ? PortType.safeParse(port.type) : null;
  return said?.success ? said.data : 'uri_folder';
}
