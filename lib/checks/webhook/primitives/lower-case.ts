/** The lower case of a text as Go has it, letter by letter: one Turkish letter is another than in JavaScript. */
export function lowerCase(text: string): string {
  return (text.includes('\u0130') ? text.replace(/\u0130/g, 'i') : text).toLowerCase();
}
