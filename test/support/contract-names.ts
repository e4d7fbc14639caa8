interface Schema {
  readonly $ref?: string;
  readonly example?: unknown;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly oneOf?: readonly Schema[];
  readonly anyOf?: readonly Schema[];
}
interface Operation {
  readonly 'x-required-permission'?: readonly string[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: Schema }>> };
}
/** The API's document, as far as these tests read it. */
export interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

export async function readDocument(url: string): Promise<Document> {
  return (await (await fetch(`${url}/openapi.json`)).json()) as Document;
}

/** `POST /v1/applications` and so on, in the document's order. */
export const operationsOf = ({ paths }: Document): string[] =>
  Object.entries(paths).flatMap(([path, methods]) =>
    Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
  );

/** Roles, or words that say which, as the document has them. */
export function permissionOf({ paths }: Document, operation: string): readonly string[] {
  const [method = '', path = ''] = operation.split(' ');
  return paths[path]?.[method.toLowerCase()]?.['x-required-permission'] ?? [];
}

/** A name without its kind and place: `POST …/decisions#return@forwarded` is about `POST …/decisions`. */
export const operationOf = (name: string): string => name.replace(/[#@].*$/, '');
const withoutPlace = (name: string): string => name.replace(/@.*$/, '');
const kindOf = (name: string): string | undefined => withoutPlace(name).split('#')[1];

/** The schema of an operation's JSON body. */
export function bodyOf(document: Document, operation: string): Schema | undefined {
  const [method = '', path = ''] = operation.split(' ');
  const content = document.paths[path]?.[method.toLowerCase()]?.requestBody?.content;
  return content && named(document, content['application/json']?.schema);
}

function named(document: Document, schema: Schema | undefined): Schema | undefined {
  const name = schema?.$ref?.replace('#/components/schemas/', '');
  return name === undefined ? schema : document.components.schemas[name];
}

/** The kinds that a body may name in its property `kind`, where the document lists them. */
function kindsOf(document: Document, schema: Schema | undefined): string[] {
  const kind = schema?.properties?.['kind'];
  const own = kind?.enum ?? (kind?.const === undefined ? [] : [kind.const]);
  const inner = [...(schema?.oneOf ?? []), ...(schema?.anyOf ?? [])];
  return [...own.map(String), ...inner.flatMap((each) => kindsOf(document, named(document, each)))];
}

/** What a list of names lacks: operations that are not in it, and kinds of those that it lists by kind. */
export function lackingIn(document: Document, names: readonly string[]): string[] {
  return operationsOf(document).flatMap((operation) => {
    const listed = names.map(withoutPlace).filter((name) => operationOf(name) === operation);
    if (listed.length === 0) return [operation];
    if (listed.includes(operation)) return [];
    return kindsOf(document, bodyOf(document, operation))
      .map((kind) => `${operation}#${kind}`)
      .filter((name) => !listed.includes(name));
  });
}

/** What a list of names has that the document does not. */
export function unknownIn(document: Document, names: readonly string[]): string[] {
  const operations = operationsOf(document);
  return names.filter((name) => {
    const kind = kindOf(name);
    if (!operations.includes(operationOf(name))) return true;
    return kind !== undefined && !kindsOf(document, bodyOf(document, operationOf(name))).includes(kind);
  });
}
