/** Escaping for XML and HTML text and attributes. */

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/** Text that is safe inside an element or a quoted attribute. What XML 1.0 (section 2.2) cannot hold is dropped. */
export function escapeXml(text: string): string {
  return text.replace(NOT_XML, "").replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
}

// Control characters, halves of surrogate pairs and the two non-characters; tabs and line ends may stay.
const NOT_XML = /[[\p{Cc}\p{Cs}\ufffe\uffff]--[\t\n\r]]/gv;
