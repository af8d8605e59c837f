/** How many bytes a base64 text stands for, as Go reads it: padded, line breaks ignored. Undefined when it is none. */
export function base64Length(text: string): number | undefined {
  const packed = /[\r\n]/.test(text) ? text.replace(/[\r\n]+/g, '') : text;
  const padding = packed.endsWith('==') ? 2 : packed.endsWith('=') ? 1 : 0;
  if (packed.length % 4 !== 0 || /[^A-Za-z0-9+/]/.test(packed.slice(0, packed.length - padding))) {
    return undefined;
  }
  return packed.length / 4 * 3 - padding;
}
