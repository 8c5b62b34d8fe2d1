import { z } from 'zod';
import { InputDefinition, OutputDefinition, PortName } from '../component/ports.ts';

/** In characters, or bytes of a file: more than this is no text that a person edits here. */
export const longestCodeText = 1024 * 1024;
const mostChanges = 500;

/** File systems count bytes, and take 255 in a name. */
const longestName = 200;

function bytesOf(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const point = character.codePointAt(0) ?? 0;
    bytes += point < 0x80 ? 1 : point < 0x8_00 ? 2 : point < 0x1_00_00 ? 3 : 4;
  }
  return bytes;
}

/** The path of a file in the folder that a step runs in, with `/`: never out of it. */
export const isCodePath = (path: string): boolean =>
  path.length <= 400 &&
  !/[\\\0\n]/.test(path) &&
  path.split('/').every((part) => part !== '' && part !== '.' && part !== '..' && part === part.trim() && bytesOf(part) <= longestName);

export const CodePath = z.string().refine(isCodePath, 'A path in the code is relative, with /, and stays in its folder');

export const CodeFile = z.object({ path: z.string(), sizeBytes: z.int() });
export type CodeFile = z.infer<typeof CodeFile>;

/** What a step of a component finds in the folder that it runs in. */
export const ComponentCode = z.object({
  files: z.array(CodeFile),
  /** Why no other version can be made under its name; null: it can. */
  whyNotEdited: z.string().nullable(),
});
export type ComponentCode = z.infer<typeof ComponentCode>;

/** `text` null: it cannot be shown, and `why` says so. */
export const CodeText = CodeFile.extend({ text: z.string().nullable(), why: z.string().nullable() });
export type CodeText = z.infer<typeof CodeText>;

/** The texts of files that come or change; null takes one away. */
export const CodeChanges = z
  .record(CodePath, z.string().max(longestCodeText).nullable())
  .refine((files) => Object.keys(files).length <= mostChanges, `At most ${mostChanges} files at once`);
export type CodeChanges = z.infer<typeof CodeChanges>;

/** What a component says of itself beside its files, as the next version says it; what is left out stays. */
export const DeclarationChanges = z.strictObject({
  inputs: z.record(PortName, InputDefinition).optional(),
  outputs: z.record(PortName, OutputDefinition).optional(),
  command: z.string().min(1).max(longestCodeText).optional(),
  /** A registered one; null: the base Python. */
  environment: z
    .string()
    .regex(/^azureml:./, 'An environment is named as azureml:NAME:VERSION')
    .nullable()
    .optional(),
});
export type DeclarationChanges = z.infer<typeof DeclarationChanges>;

/** The next version of a component with other code, or saying other things; under another name it is a component of its own. */
export const SaveCode = z.strictObject({ files: CodeChanges, name: z.string().min(1).max(255).optional(), declares: DeclarationChanges.optional() });
export type SaveCode = z.infer<typeof SaveCode>;
