import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** A declaration with the comment above it, as the compiler printed them. */
interface Declaration {
  readonly name: string;
  readonly text: string;
  readonly isExported: boolean;
}

/** What a file of declarations says. */
interface Module {
  readonly declarations: readonly Declaration[];
  /** The names that it takes from elsewhere. */
  readonly imported: readonly string[];
  /** The names that it hands on, and from which file; undefined for all of them. */
  readonly handedOn: readonly { readonly names: readonly string[] | undefined; readonly from: string }[];
}

/** Everything that an entry of the package exports, in its order. */
export interface Entry {
  readonly text: string;
  /** What is named in the text and cannot be imported by anybody: details that show. */
  readonly hidden: readonly string[];
}

export function entryOf(file: string): Entry {
  const found = exportsOf(file);
  const names = new Set(found.map(({ name }) => name));
  const hidden = found.flatMap(({ text, foreign }) =>
    foreign.filter((name) => !names.has(name) && mentions(text, name)),
  );
  // A helper of two is shown with the first of them.
  const texts = new Set(found.map(({ text }) => text));
  return { text: [...texts].join('\n\n'), hidden: [...new Set(hidden)].toSorted() };
}

/** A declaration that can be imported, with the names that its file has from elsewhere. */
interface Export extends Declaration {
  readonly foreign: readonly string[];
}

function exportsOf(file: string): Export[] {
  const { declarations, imported, handedOn } = readModule(file);
  const own = declarations.filter(({ isExported }) => isExported);
  const helpers = declarations.filter((one) => !one.isExported && own.some(({ text }) => mentions(text, one.name)));
  return [
    ...[...helpers, ...own].map((declaration) => ({ ...declaration, foreign: imported })),
    ...handedOn.flatMap(({ names, from }) => {
      const all = exportsOf(join(dirname(file), from));
      return names === undefined ? all : names.flatMap((name) => withHelpers(name, all));
    }),
  ];
}

/** What is not exported by its own file is shown with those that need it, as it is part of what they say. */
function withHelpers(name: string, all: readonly Export[]): Export[] {
  const wanted = all.filter((one) => one.name === name);
  if (wanted.length === 0) throw new Error(`Nothing declares ${name}.`);
  const helpers = all.filter((one) => !one.isExported && wanted.some(({ text }) => mentions(text, one.name)));
  return [...helpers, ...wanted];
}

const COMMENT = String.raw`(?:/\*\*(?:(?!\*/)[^])*\*/\n)?`;
const STATEMENT = new RegExp(
  String.raw`^${COMMENT}(?:export|declare|import|interface|type)\b[^]*?(?=\n${COMMENT}(?:export|declare|import|interface|type)\b|\n?(?![^]))`,
  'gm',
);

function readModule(file: string): Module {
  const statements = [...readFileSync(file, 'utf8').matchAll(STATEMENT)].map(([text]) => text);
  const declarations: Declaration[] = [];
  const imported: string[] = [];
  const handedOn: { names: readonly string[] | undefined; from: string }[] = [];
  for (const text of statements) {
    const code = withoutComments(text);
    const declared = /^(export )?(?:declare )?(?:abstract )?(?:class|interface|type|const|function) (\w+)/.exec(code);
    const passed = /^export (?:type )?(?:\*|\{([^}]*)\}) from '(.*)'/.exec(code);
    const taken = /^import (?:type )?(?:\w+|\* as \w+|\{([^}]*)\}) from/.exec(code);
    if (declared) declarations.push({ name: declared[2]!, text: text.trim(), isExported: declared[1] !== undefined });
    else if (passed)
      handedOn.push({
        names: passed[1] === undefined ? undefined : namesIn(passed[1]),
        from: passed[2]!.replace(/\.ts$/, '.d.ts'),
      });
    else if (taken) imported.push(...namesIn(taken[1] ?? ''));
    else if (code !== 'export {};') throw new Error(`${file}: cannot tell what this declares: ${code}`);
  }
  return { declarations, imported, handedOn };
}

function namesIn(list: string): string[] {
  const names = list.split(',').map((name) => name.trim().replace(/^type /, ''));
  return names.filter((name) => name !== '');
}

function mentions(text: string, name: string): boolean {
  return new RegExp(String.raw`\b${name}\b`).test(withoutComments(text));
}

function withoutComments(text: string): string {
  return text.replaceAll(/\/\*\*(?:(?!\*\/)[^])*\*\//g, '').trim();
}
