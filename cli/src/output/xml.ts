import { UNSEEN } from './plain';

/** What is no character of XML 1.0, halves of surrogate pairs included. */
const NOT_XML = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/gu;

const ENTITIES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  '\n': '&#10;',
  '\r': '&#13;',
  '\t': '&#9;',
};

/** Writes a text in XML, without the characters that XML cannot hold, or that nobody sees. */
export function escapeXml(text: string): string {
  return text
    .replace(NOT_XML, '\ufffd')
    .replace(UNSEEN, '\ufffd')
    .replace(/[&<>"]/g, (character) => ENTITIES[character] ?? character);
}

/** Writes a start tag. */
export function tag(name: string, attributes: Readonly<Record<string, string | number>>, isEmpty = false): string {
  const written = Object.entries(attributes).map(([key, value]) => {
    const text = escapeXml(String(value)).replace(/[\n\r\t]/g, (character) => ENTITIES[character] ?? character);
    return ` ${key}="${text}"`;
  });
  return `<${name}${written.join('')}${isEmpty ? '/' : ''}>`;
}
