/** A field or enum value of a kind that the typed API leaves out on purpose. */
export interface LeftOutField {
  readonly kind: string;
  readonly path: string;
  readonly reason: string;
  readonly replacement: string;
}

const MARK = '<!-- left out -->';

/** A page with the table of the fields, in which the copies of one field in subsets and ports share a row. */
export function withLeftOutTable(page: string, fields: readonly LeftOutField[]): string {
  const rows = new Map(fields.map(field => [`${field.kind} ${shortPath(field.path)}`, field]));
  const lines = Array.from(rows.values(), field => `| ${field.kind} | \`${shortPath(field.path)}\` | ${field.reason} | ${field.replacement} |`);
  const table = ['| kind | field | why | write instead |', '|---|---|---|---|', ...lines].join('\n');
  return page.replace(new RegExp(`${MARK}[\\s\\S]*?${MARK}`), `${MARK}\n\n${table}\n\n${MARK}`);
}

function shortPath(path: string): string {
  return path.replace(/^spec\./, '').replace(/^(subsets\[\]\.)?trafficPolicy\.(portLevelSettings\[\]\.)?/, 'trafficPolicy.');
}
