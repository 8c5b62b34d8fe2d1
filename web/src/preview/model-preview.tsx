import { z } from 'zod';
import type { OutputAddress } from '../api/step-runs.ts';
import { Chip } from '../ui/feedback/chip.tsx';
import { type FileEntry, FileList } from './file-list.tsx';
import classes from './preview.module.css';

interface ModelPreviewProps {
  readonly flavors: readonly string[];
  readonly signature: unknown;
  readonly facts: readonly { readonly name: string; readonly value: string }[];
  readonly files: readonly FileEntry[];
  readonly output: OutputAddress;
  readonly form: 'full' | 'inline';
}

const SignatureField = z.looseObject({ name: z.string().optional(), type: z.string() });
/** MLflow writes each side as JSON in a string. */
const SignatureSide = z.preprocess((side) => (typeof side === 'string' ? safeJson(side) : side), z.array(SignatureField)).catch([]);
const Signature = z.looseObject({ inputs: SignatureSide, outputs: SignatureSide });

/** A trained model: how it can be loaded, what it takes and gives, its files. */
export function ModelPreview({ flavors, signature, facts, files, output, form }: ModelPreviewProps) {
  const parsed = Signature.safeParse(signature);
  return (
    <div className={classes.model} data-form={form}>
      <section>
        <h3>Loads as</h3>
        <p className="pw-row">
          {flavors.map((flavor) => (
            <Chip key={flavor}>
              <span className="pw-mono">{flavor}</span>
            </Chip>
          ))}
        </p>
        {parsed.success ? (
          <>
            <SignatureTable title="Takes" fields={parsed.data.inputs} />
            <SignatureTable title="Gives" fields={parsed.data.outputs} />
          </>
        ) : (
          <p className="pw-sm pw-muted">The model says nothing about what it takes and gives.</p>
        )}
        {facts.length > 0 && (
          <>
            <h3>Made with</h3>
            <dl className={classes.signature}>
              {facts.map(({ name, value }) => (
                <div key={name}>
                  <dt>{name}</dt>
                  <dd className="pw-mono pw-muted pw-clip" title={value}>
                    {value}
                  </dd>
                </div>
              ))}
            </dl>
          </>
        )}
      </section>
      <section>
        <h3>Files</h3>
        <FileList files={files} output={output} />
      </section>
    </div>
  );
}

interface SignatureTableProps {
  readonly title: string;
  readonly fields: readonly z.infer<typeof SignatureField>[];
}

function SignatureTable({ title, fields }: SignatureTableProps) {
  if (fields.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl className={classes.signature}>
        {fields.map((field, index) => (
          <div key={index}>
            <dt className="pw-clip">{field.name ?? '(one value)'}</dt>
            <dd className="pw-mono pw-muted">{field.type}</dd>
          </div>
        ))}
      </dl>
    </>
  );
}

function safeJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
